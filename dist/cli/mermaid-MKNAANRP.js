import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c}from"./chunk-ZISBLWKY.js";import"./chunk-X4R7TKT4.js";import"./chunk-EMTFSRO2.js";export{a as canBeDrawn,b as renderGraph,c as renderMermaid};
