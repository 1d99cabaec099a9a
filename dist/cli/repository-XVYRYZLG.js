import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-6WA5L5R3.js";import"./chunk-PEUIQVI5.js";import"./chunk-ZP7LQFM7.js";import"./chunk-YJPSRRJ5.js";import"./chunk-VB2FS6WN.js";import"./chunk-HTJSGWVN.js";import"./chunk-IMTW54TY.js";import"./chunk-EMTFSRO2.js";export{b as assertServer,a as meantRepository};
