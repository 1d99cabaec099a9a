import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c}from"./chunk-44NEBQJO.js";import"./chunk-T46EY6J6.js";import"./chunk-EMTFSRO2.js";export{c as baseCommit,a as findCheckout,b as repositoryOf};
