import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c}from"./chunk-ZJPGZKC6.js";import"./chunk-DECLHNSK.js";import"./chunk-TVFW5WEH.js";import"./chunk-YJPSRRJ5.js";import"./chunk-77TYB3CN.js";import"./chunk-IMTW54TY.js";import"./chunk-VB2FS6WN.js";import"./chunk-EMTFSRO2.js";export{c as assertServer,b as meantRepository,a as remoteOf};
