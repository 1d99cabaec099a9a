import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-FFNYDB7W.js";import"./chunk-TXV7OJI5.js";import"./chunk-252P4JRJ.js";import"./chunk-EMTFSRO2.js";export{a as problemsText};
