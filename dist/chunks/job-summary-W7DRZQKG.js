import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-4SBB6ZXM.js";import"./chunk-HUSQPORS.js";import"./chunk-T5BCFMXP.js";import"./chunk-BAN4E5NE.js";import"./chunk-S75B4KXH.js";import"./chunk-7AMGIZQG.js";import"./chunk-SZOJP7AB.js";export{b as renderFailure,a as renderJobSummary};
