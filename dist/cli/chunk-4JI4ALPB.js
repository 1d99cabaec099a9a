import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{b as t}from"./chunk-PEUIQVI5.js";function s({config:e,graph:i},o){let n=e.modules.get(o);if(n!==void 0)return n;let r=i.nearestIds(o),d=r.length>0?r:[...e.modules.keys()].slice(0,20);throw new t(`There is no module "${o}".`,`Did you mean ${d.join(" or ")}?`)}export{s as a};
