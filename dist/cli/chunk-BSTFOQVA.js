import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as f}from"./chunk-PIRDKNBE.js";import{d as p}from"./chunk-EMTFSRO2.js";var g=p(f()),h=g.default.template({0:function(n,t,l,a,r){return`
> [!WARNING]
> Paused: no session starts until \`paused\` is false in the config.
`},1:function(n,t,l,a,r){var e;return`
`+((e=n.lambda(n.strict(t,"criticalPath",{start:{line:11,column:2},end:{line:11,column:14}}),t))!=null?e:"")+`
`},2:function(n,t,l,a,r){var e;return`### Ready

`+((e=n.lambda(n.strict(t,"ready",{start:{line:17,column:2},end:{line:17,column:7}}),t))!=null?e:"")+`

`},3:function(n,t,l,a,r){var e;return`### Running

`+((e=n.lambda(n.strict(t,"running",{start:{line:23,column:2},end:{line:23,column:9}}),t))!=null?e:"")+`

`},4:function(n,t,l,a,r){var e;return`### Waiting

`+((e=n.lambda(n.strict(t,"waiting",{start:{line:29,column:2},end:{line:29,column:9}}),t))!=null?e:"")+`

`},5:function(n,t,l,a,r){var e;return`### Blocked

`+((e=n.lambda(n.strict(t,"blocked",{start:{line:35,column:2},end:{line:35,column:9}}),t))!=null?e:"")+`

`},6:function(n,t,l,a,r){var e;return`### Done

`+((e=n.lambda(n.strict(t,"done",{start:{line:41,column:2},end:{line:41,column:6}}),t))!=null?e:"")+`

`},7:function(n,t,l,a,r){var e;return`### Not asked for yet

`+((e=n.lambda(n.strict(t,"unasked",{start:{line:47,column:2},end:{line:47,column:9}}),t))!=null?e:"")+`

`},8:function(n,t,l,a,r){var e;return`### No longer in the config

`+((e=n.lambda(n.strict(t,"orphans",{start:{line:53,column:2},end:{line:53,column:9}}),t))!=null?e:"")+`

`},compiler:[8,">= 4.3.0"],main:function(n,t,l,a,r){var e,i=n.strict,u=n.lambda,o=t??(n.nullContext||{}),s=n.lookupProperty||function(d,m){if(Object.prototype.hasOwnProperty.call(d,m))return d[m]};return((e=u(i(t,"progress",{start:{line:1,column:2},end:{line:1,column:10}}),t))!=null?e:"")+`
`+((e=s(l,"if").call(o,s(t,"paused"),{name:"if",hash:{},fn:n.program(0,r,0),inverse:n.noop,data:r,loc:{start:{line:2,column:0},end:{line:6,column:7}}}))!=null?e:"")+`
`+((e=u(i(t,"graph",{start:{line:8,column:2},end:{line:8,column:7}}),t))!=null?e:"")+`
`+((e=s(l,"if").call(o,s(t,"criticalPath"),{name:"if",hash:{},fn:n.program(1,r,0),inverse:n.noop,data:r,loc:{start:{line:9,column:0},end:{line:12,column:7}}}))!=null?e:"")+`
`+((e=s(l,"if").call(o,s(t,"ready"),{name:"if",hash:{},fn:n.program(2,r,0),inverse:n.noop,data:r,loc:{start:{line:14,column:0},end:{line:19,column:7}}}))!=null?e:"")+((e=s(l,"if").call(o,s(t,"running"),{name:"if",hash:{},fn:n.program(3,r,0),inverse:n.noop,data:r,loc:{start:{line:20,column:0},end:{line:25,column:7}}}))!=null?e:"")+((e=s(l,"if").call(o,s(t,"waiting"),{name:"if",hash:{},fn:n.program(4,r,0),inverse:n.noop,data:r,loc:{start:{line:26,column:0},end:{line:31,column:7}}}))!=null?e:"")+((e=s(l,"if").call(o,s(t,"blocked"),{name:"if",hash:{},fn:n.program(5,r,0),inverse:n.noop,data:r,loc:{start:{line:32,column:0},end:{line:37,column:7}}}))!=null?e:"")+((e=s(l,"if").call(o,s(t,"done"),{name:"if",hash:{},fn:n.program(6,r,0),inverse:n.noop,data:r,loc:{start:{line:38,column:0},end:{line:43,column:7}}}))!=null?e:"")+((e=s(l,"if").call(o,s(t,"unasked"),{name:"if",hash:{},fn:n.program(7,r,0),inverse:n.noop,data:r,loc:{start:{line:44,column:0},end:{line:49,column:7}}}))!=null?e:"")+((e=s(l,"if").call(o,s(t,"orphans"),{name:"if",hash:{},fn:n.program(8,r,0),inverse:n.noop,data:r,loc:{start:{line:50,column:0},end:{line:55,column:7}}}))!=null?e:"")+`### All modules

`+((e=u(i(t,"table",{start:{line:58,column:2},end:{line:58,column:7}}),t))!=null?e:"")+`

This page is written from `+((e=u(i(t,"stateLink",{start:{line:60,column:28},end:{line:60,column:37}}),t))!=null?e:"")+" and brought up to date by itself; edits are overwritten. Comment `/session help` on any issue for what can be asked.\n"},useData:!0});var b="sessionwright";function c(n,t){let l=`<!-- ${b}:${t}`;for(let a of n.split(`
`)){let r=a.trimEnd();if(!r.startsWith(l)||!r.endsWith(" -->"))continue;let e=$(r.slice(l.length,-4));if(e!==null)return e}return null}function $(n){if(n!==""&&!n.startsWith(" "))return null;let t=new Map;for(let l of n.split(" ").filter(a=>a!=="")){let[a="",r="",...e]=l.split("="),i=M(r),u=a===""||e.length>0||t.has(a);if(i===null||u)return null;t.set(a,i)}return t}function w(n,t){let l=c(n,t);return l===null?null:y(l)}function y(n,t=1){let l=n.get("module")??"",a=n.get("attempt")??"";return!k(l)||!/^(?:0|[1-9][0-9]{0,5})$/.test(a)||Number(a)<t?null:{module:l,attempt:Number(a)}}function k(n){return n.length<=63&&/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(n)}function M(n){try{return decodeURIComponent(n)}catch{return null}}function rn(n){return c(n,"dashboard")!==null}function D(n){let t=c(n,"dashboard")?.get("state")??"";return/^[0-9a-f]{40}$/u.test(t)?t:null}function ln(n,t){let l=D(n);return l===null?n:n.replace(` state=${l}`,t===null?"":` state=${t}`)}export{c as a,w as b,y as c,k as d,rn as e,D as f,ln as g};
