import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as n,b as a}from"./chunk-ZP7LQFM7.js";var m={ok:0,problems:1,usage:2,failed:3},i=class extends a{constructor(t,r){super(n("usage",{what:t,instead:r}))}};function l(o){let t=Math.max(...o.map(([e])=>e.length));return["","Examples:",...o.map(([e,s])=>`  $ sessionwright ${e.padEnd(t)}  # ${s}`)].join(`
`)}export{m as a,i as b,l as c};
