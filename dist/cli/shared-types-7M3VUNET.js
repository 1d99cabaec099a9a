import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-JWXWUZAK.js";import"./chunk-HYCMHHYM.js";import"./chunk-VB2FS6WN.js";import"./chunk-EMTFSRO2.js";export{a as parseSharedTypes};
