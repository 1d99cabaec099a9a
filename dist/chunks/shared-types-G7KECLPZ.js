import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-2Y7MTGMK.js";import"./chunk-6E3RPROV.js";import"./chunk-XWGSLO4O.js";import"./chunk-SZOJP7AB.js";export{a as parseSharedTypes};
