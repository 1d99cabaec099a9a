import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-EZ3BYA55.js";import"./chunk-RVCVJO37.js";import"./chunk-VO3V2W7R.js";import"./chunk-ARR4DNU7.js";import"./chunk-S75B4KXH.js";import"./chunk-7AMGIZQG.js";import"./chunk-SZOJP7AB.js";export{b as renderFailure,a as renderJobSummary};
