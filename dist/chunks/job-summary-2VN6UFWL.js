import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-S6DY6RRM.js";import"./chunk-S5WQ6OGY.js";import"./chunk-KSKDHMJB.js";import"./chunk-BAN4E5NE.js";import"./chunk-MR4Z7CDR.js";import"./chunk-7AMGIZQG.js";import"./chunk-SZOJP7AB.js";export{b as renderFailure,a as renderJobSummary};
