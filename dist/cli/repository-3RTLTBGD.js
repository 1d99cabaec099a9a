import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-5YYG3DBX.js";import"./chunk-VVYO27MY.js";import"./chunk-ELMIAWSF.js";import"./chunk-YJPSRRJ5.js";import"./chunk-L3TVLTJP.js";import"./chunk-IMTW54TY.js";import"./chunk-VB2FS6WN.js";import"./chunk-EMTFSRO2.js";export{b as assertServer,a as meantRepository};
