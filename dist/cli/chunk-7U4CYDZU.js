import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{createHash as r}from"node:crypto";function s(t){return r("sha256").update(t).digest("hex")}export{s as a};
