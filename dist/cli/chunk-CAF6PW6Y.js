import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as f}from"./chunk-ORGDMFHB.js";import{d as h}from"./chunk-EMTFSRO2.js";var m="sessionwright";function c(e,n){let r=`<!-- ${m}:${n}`;for(let o of e.split(`
`)){let s=o.trimEnd();if(!s.startsWith(r)||!s.endsWith(" -->"))continue;let t=b(s.slice(r.length,-4));if(t!==null)return t}return null}function b(e){if(e!==""&&!e.startsWith(" "))return null;let n=new Map;for(let r of e.split(" ").filter(o=>o!=="")){let[o="",s="",...t]=r.split("="),a=M(s),i=o===""||t.length>0||n.has(o);if(a===null||i)return null;n.set(o,a)}return n}function D(e,n){let r=c(e,n);return r===null?null:$(r)}function $(e,n=1){let r=e.get("module")??"",o=e.get("attempt")??"";return!y(r)||!/^(?:0|[1-9][0-9]{0,5})$/.test(o)||Number(o)<n?null:{module:r,attempt:Number(o)}}function y(e){return e.length<=63&&/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(e)}function M(e){try{return decodeURIComponent(e)}catch{return null}}var p=h(f()),w=p.default.template({0:function(e,n,r,o,s){return`
> [!WARNING]
> Paused: no session starts until \`paused\` is false in the config.
`},1:function(e,n,r,o,s){var t;return`
`+((t=e.lambda(e.strict(n,"criticalPath",{start:{line:11,column:2},end:{line:11,column:14}}),n))!=null?t:"")+`
`},2:function(e,n,r,o,s){var t;return`### No longer in the config

`+((t=e.lambda(e.strict(n,"orphans",{start:{line:41,column:2},end:{line:41,column:9}}),n))!=null?t:"")+`

`},compiler:[8,">= 4.3.0"],main:function(e,n,r,o,s){var t,a=e.strict,i=e.lambda,u=n??(e.nullContext||{}),l=e.lookupProperty||function(d,g){if(Object.prototype.hasOwnProperty.call(d,g))return d[g]};return((t=i(a(n,"progress",{start:{line:1,column:2},end:{line:1,column:10}}),n))!=null?t:"")+`
`+((t=l(r,"if").call(u,l(n,"paused"),{name:"if",hash:{},fn:e.program(0,s,0),inverse:e.noop,data:s,loc:{start:{line:2,column:0},end:{line:6,column:7}}}))!=null?t:"")+`
`+((t=i(a(n,"graph",{start:{line:8,column:2},end:{line:8,column:7}}),n))!=null?t:"")+`
`+((t=l(r,"if").call(u,l(n,"criticalPath"),{name:"if",hash:{},fn:e.program(1,s,0),inverse:e.noop,data:s,loc:{start:{line:9,column:0},end:{line:12,column:7}}}))!=null?t:"")+`
### Ready

`+((t=i(a(n,"ready",{start:{line:16,column:2},end:{line:16,column:7}}),n))!=null?t:"")+`

### Running

`+((t=i(a(n,"running",{start:{line:20,column:2},end:{line:20,column:9}}),n))!=null?t:"")+`

### Waiting

`+((t=i(a(n,"waiting",{start:{line:24,column:2},end:{line:24,column:9}}),n))!=null?t:"")+`

### Blocked

`+((t=i(a(n,"blocked",{start:{line:28,column:2},end:{line:28,column:9}}),n))!=null?t:"")+`

### Done

`+((t=i(a(n,"done",{start:{line:32,column:2},end:{line:32,column:6}}),n))!=null?t:"")+`

### Not asked for yet

`+((t=i(a(n,"unasked",{start:{line:36,column:2},end:{line:36,column:9}}),n))!=null?t:"")+`

`+((t=l(r,"if").call(u,l(n,"orphans"),{name:"if",hash:{},fn:e.program(2,s,0),inverse:e.noop,data:s,loc:{start:{line:38,column:0},end:{line:43,column:7}}}))!=null?t:"")+`### All modules

`+((t=i(a(n,"table",{start:{line:46,column:2},end:{line:46,column:7}}),n))!=null?t:"")+`

This page is written from `+((t=i(a(n,"stateLink",{start:{line:48,column:28},end:{line:48,column:37}}),n))!=null?t:"")+" and brought up to date by itself; edits are overwritten. Comment `/session help` on any issue for what can be asked.\n"},useData:!0});function Z(e){return c(e,"dashboard")!==null}export{c as a,D as b,$ as c,y as d,Z as e};
