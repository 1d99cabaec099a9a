import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c}from"./chunk-GZLMWQKC.js";import"./chunk-3AEXT2MS.js";import"./chunk-QOTCTWMK.js";import"./chunk-EMTFSRO2.js";export{a as GITHUB_OPTION,c as describeSource,b as look};
