import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{h as r,i}from"./chunk-HC3EMEAH.js";function p(o,n){let{config:e,log:t}=i(o,n);return e===null?{ok:!1,problems:t.problems()}:{ok:!0,value:e}}function g(o){return{code:"config-empty",file:o,line:null,message:"There is no config.",fix:r}}export{p as a,g as b};
