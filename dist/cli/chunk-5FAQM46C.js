import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function s(r,{validation:e,inTemplates:n}){let o=[...e.problems,...n];return e.usable?{kind:"usable",config:e.config,problems:o}:{kind:r.kind==="missing"?"missing":"unusable",problems:o}}export{s as a};
