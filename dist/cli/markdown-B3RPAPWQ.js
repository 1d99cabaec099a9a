import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c,d,e,f,g,h,i,j,k,l}from"./chunk-X4R7TKT4.js";import"./chunk-EMTFSRO2.js";export{k as bulletList,f as codeSpan,i as details,d as escapeCell,c as escapeInline,g as fence,b as neutralise,e as plainLine,h as quote,a as reveal,l as shorten,j as table};
