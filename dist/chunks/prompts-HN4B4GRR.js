import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a,b}from"./chunk-C3LMOBLE.js";import"./chunk-6OKU5C5T.js";import"./chunk-7AMGIZQG.js";import"./chunk-SZOJP7AB.js";export{a as parsePrompts,b as promptLikeLines};
