import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var i=/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;function s(t){return JSON.stringify(t).replace(i,e)}function e(t){return Array.from({length:t.length},(n,r)=>t.charCodeAt(r)).map(n=>`\\u${n.toString(16).padStart(4,"0")}`).join("")}export{s as a};
