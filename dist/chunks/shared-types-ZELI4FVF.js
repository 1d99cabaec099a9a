import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a}from"./chunk-XPALDRIY.js";import"./chunk-5SU47KSI.js";import"./chunk-7AMGIZQG.js";import"./chunk-SZOJP7AB.js";export{a as parseSharedTypes};
