import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-4B7G4TRN.js";import"./chunk-6FYLLAHP.js";import"./chunk-7AMGIZQG.js";import"./chunk-SZOJP7AB.js";export{a as parseSharedTypes};
