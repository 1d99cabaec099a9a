import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c}from"./chunk-45K4E3WC.js";import"./chunk-GUTA6WT4.js";import"./chunk-QOTCTWMK.js";import"./chunk-EMTFSRO2.js";export{a as GITHUB_OPTION,c as describeSource,b as look};
