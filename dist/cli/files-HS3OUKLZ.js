import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-P55B7JRJ.js";import"./chunk-EMTFSRO2.js";export{b as committedFiles,a as workingTree};
