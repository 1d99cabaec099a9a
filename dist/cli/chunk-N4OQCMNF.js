import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var e=["none","read","triage","write","maintain","admin"];function l(n,r,o){let a=n.roles.get(r)??"none";return e.indexOf(a)>=e.indexOf(o)}export{e as a,l as b};
