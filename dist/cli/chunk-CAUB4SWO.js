import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{f as t}from"./chunk-XPQ4PIUC.js";function o({repositoryUrl:e},r){return e===null?null:t(e,r)}function a({done:e,total:r,percent:n}){return`${String(e)} of ${String(r)} modules complete, ${String(n)} %`}export{o as a,a as b};
