import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-WPRYLUT4.js";import"./chunk-BKLKJJJH.js";import"./chunk-XWGSLO4O.js";import"./chunk-SZOJP7AB.js";export{a as parsePrompts,b as promptLikeLines};
