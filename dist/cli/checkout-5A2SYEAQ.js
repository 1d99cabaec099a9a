import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b,c}from"./chunk-HTJSGWVN.js";import"./chunk-IMTW54TY.js";import"./chunk-EMTFSRO2.js";export{c as baseCommit,a as findCheckout,b as parseRemote};
