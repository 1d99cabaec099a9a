import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{e as a,f as b,g as c,h as d,i as e,j as f}from"./chunk-OOR2Q7GC.js";import"./chunk-3N6MRQS4.js";import"./chunk-ZD6AWQBN.js";import"./chunk-252P4JRJ.js";import"./chunk-EMTFSRO2.js";export{c as GRAPH_STYLE,a as STATUS_MARKS,f as renderGraphBody,d as renderGraphSvg,b as statusColours,e as viewBoxOf};
