import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-6HUJJT6E.js";import"./chunk-6QFLLESU.js";import"./chunk-X4R7TKT4.js";import"./chunk-EMTFSRO2.js";export{a as problemsText};
