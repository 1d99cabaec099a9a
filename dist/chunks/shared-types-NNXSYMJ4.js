import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-JAJCN4AX.js";import"./chunk-6E3RPROV.js";import"./chunk-XWGSLO4O.js";import"./chunk-RVOSNMVU.js";export{a as parseSharedTypes};
