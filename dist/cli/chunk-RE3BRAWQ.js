import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as f}from"./chunk-ORGDMFHB.js";import{d as m}from"./chunk-EMTFSRO2.js";var h="sessionwright";function c(n,e){let l=`<!-- ${h}:${e}`;for(let a of n.split(`
`)){let r=a.trimEnd();if(!r.startsWith(l)||!r.endsWith(" -->"))continue;let t=b(r.slice(l.length,-4));if(t!==null)return t}return null}function b(n){if(n!==""&&!n.startsWith(" "))return null;let e=new Map;for(let l of n.split(" ").filter(a=>a!=="")){let[a="",r="",...t]=l.split("="),i=M(r),u=a===""||t.length>0||e.has(a);if(i===null||u)return null;e.set(a,i)}return e}function D(n,e){let l=c(n,e);return l===null?null:$(l)}function $(n,e=1){let l=n.get("module")??"",a=n.get("attempt")??"";return!y(l)||!/^(?:0|[1-9][0-9]{0,5})$/.test(a)||Number(a)<e?null:{module:l,attempt:Number(a)}}function y(n){return n.length<=63&&/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(n)}function M(n){try{return decodeURIComponent(n)}catch{return null}}var g=m(f()),k=g.default.template({0:function(n,e,l,a,r){return`
> [!WARNING]
> Paused: no session starts until \`paused\` is false in the config.
`},1:function(n,e,l,a,r){var t;return`
`+((t=n.lambda(n.strict(e,"criticalPath",{start:{line:11,column:2},end:{line:11,column:14}}),e))!=null?t:"")+`
`},2:function(n,e,l,a,r){var t;return`### Ready

`+((t=n.lambda(n.strict(e,"ready",{start:{line:17,column:2},end:{line:17,column:7}}),e))!=null?t:"")+`

`},3:function(n,e,l,a,r){var t;return`### Running

`+((t=n.lambda(n.strict(e,"running",{start:{line:23,column:2},end:{line:23,column:9}}),e))!=null?t:"")+`

`},4:function(n,e,l,a,r){var t;return`### Waiting

`+((t=n.lambda(n.strict(e,"waiting",{start:{line:29,column:2},end:{line:29,column:9}}),e))!=null?t:"")+`

`},5:function(n,e,l,a,r){var t;return`### Blocked

`+((t=n.lambda(n.strict(e,"blocked",{start:{line:35,column:2},end:{line:35,column:9}}),e))!=null?t:"")+`

`},6:function(n,e,l,a,r){var t;return`### Done

`+((t=n.lambda(n.strict(e,"done",{start:{line:41,column:2},end:{line:41,column:6}}),e))!=null?t:"")+`

`},7:function(n,e,l,a,r){var t;return`### Not asked for yet

`+((t=n.lambda(n.strict(e,"unasked",{start:{line:47,column:2},end:{line:47,column:9}}),e))!=null?t:"")+`

`},8:function(n,e,l,a,r){var t;return`### No longer in the config

`+((t=n.lambda(n.strict(e,"orphans",{start:{line:53,column:2},end:{line:53,column:9}}),e))!=null?t:"")+`

`},compiler:[8,">= 4.3.0"],main:function(n,e,l,a,r){var t,i=n.strict,u=n.lambda,o=e??(n.nullContext||{}),s=n.lookupProperty||function(d,p){if(Object.prototype.hasOwnProperty.call(d,p))return d[p]};return((t=u(i(e,"progress",{start:{line:1,column:2},end:{line:1,column:10}}),e))!=null?t:"")+`
`+((t=s(l,"if").call(o,s(e,"paused"),{name:"if",hash:{},fn:n.program(0,r,0),inverse:n.noop,data:r,loc:{start:{line:2,column:0},end:{line:6,column:7}}}))!=null?t:"")+`
`+((t=u(i(e,"graph",{start:{line:8,column:2},end:{line:8,column:7}}),e))!=null?t:"")+`
`+((t=s(l,"if").call(o,s(e,"criticalPath"),{name:"if",hash:{},fn:n.program(1,r,0),inverse:n.noop,data:r,loc:{start:{line:9,column:0},end:{line:12,column:7}}}))!=null?t:"")+`
`+((t=s(l,"if").call(o,s(e,"ready"),{name:"if",hash:{},fn:n.program(2,r,0),inverse:n.noop,data:r,loc:{start:{line:14,column:0},end:{line:19,column:7}}}))!=null?t:"")+((t=s(l,"if").call(o,s(e,"running"),{name:"if",hash:{},fn:n.program(3,r,0),inverse:n.noop,data:r,loc:{start:{line:20,column:0},end:{line:25,column:7}}}))!=null?t:"")+((t=s(l,"if").call(o,s(e,"waiting"),{name:"if",hash:{},fn:n.program(4,r,0),inverse:n.noop,data:r,loc:{start:{line:26,column:0},end:{line:31,column:7}}}))!=null?t:"")+((t=s(l,"if").call(o,s(e,"blocked"),{name:"if",hash:{},fn:n.program(5,r,0),inverse:n.noop,data:r,loc:{start:{line:32,column:0},end:{line:37,column:7}}}))!=null?t:"")+((t=s(l,"if").call(o,s(e,"done"),{name:"if",hash:{},fn:n.program(6,r,0),inverse:n.noop,data:r,loc:{start:{line:38,column:0},end:{line:43,column:7}}}))!=null?t:"")+((t=s(l,"if").call(o,s(e,"unasked"),{name:"if",hash:{},fn:n.program(7,r,0),inverse:n.noop,data:r,loc:{start:{line:44,column:0},end:{line:49,column:7}}}))!=null?t:"")+((t=s(l,"if").call(o,s(e,"orphans"),{name:"if",hash:{},fn:n.program(8,r,0),inverse:n.noop,data:r,loc:{start:{line:50,column:0},end:{line:55,column:7}}}))!=null?t:"")+`### All modules

`+((t=u(i(e,"table",{start:{line:58,column:2},end:{line:58,column:7}}),e))!=null?t:"")+`

This page is written from `+((t=u(i(e,"stateLink",{start:{line:60,column:28},end:{line:60,column:37}}),e))!=null?t:"")+" and brought up to date by itself; edits are overwritten. Comment `/session help` on any issue for what can be asked.\n"},useData:!0});function en(n){return c(n,"dashboard")!==null}export{c as a,D as b,$ as c,y as d,en as e};
