import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-QIS3ETRL.js";import"./chunk-X7FA7ULX.js";import"./chunk-X4R7TKT4.js";import"./chunk-EMTFSRO2.js";export{a as problemsText};
