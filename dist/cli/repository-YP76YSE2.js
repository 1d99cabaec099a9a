import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-Y3UITT4X.js";import"./chunk-DECLHNSK.js";import"./chunk-TVFW5WEH.js";import"./chunk-YJPSRRJ5.js";import"./chunk-L3TVLTJP.js";import"./chunk-IMTW54TY.js";import"./chunk-VB2FS6WN.js";import"./chunk-EMTFSRO2.js";export{b as assertServer,a as meantRepository};
