import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-KCLJUA5F.js";import"./chunk-PCP5UYAV.js";import"./chunk-VB2FS6WN.js";import"./chunk-EMTFSRO2.js";export{a as parsePrompts,b as promptLikeLines};
