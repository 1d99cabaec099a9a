import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c}from"./chunk-ATBXIEGW.js";import"./chunk-252P4JRJ.js";import"./chunk-EMTFSRO2.js";export{a as canBeDrawn,b as renderGraph,c as renderMermaid};
