import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-O364Q5QL.js";import"./chunk-PCNV2BLD.js";import"./chunk-XWGSLO4O.js";import"./chunk-RVOSNMVU.js";export{a as parsePrompts,b as promptLikeLines};
