import { GRAPH_STYLE, statusColours } from './svg.ts';

const DAY = `color-scheme:light;--page:#fff;--panel:#f6f8fa;--line:#d0d7de;--text:#1f2328;--quiet:#59636e;--link:#0969da;--edge:#8c959f;--critical:#bc4c00;${statusColours('day')}`;
const NIGHT = `color-scheme:dark;--page:#0d1117;--panel:#161b22;--line:#30363d;--text:#e6edf3;--quiet:#9198a1;--link:#58a6ff;--edge:#6e7681;--critical:#f0883e;${statusColours('night')}`;

/** The page's one style sheet; the reader's scheme unless the page's own switch says otherwise. */
export const PAGE_STYLE = `
:root{${DAY}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${NIGHT}}}
:root[data-theme=dark]{${NIGHT}}
*{box-sizing:border-box}
body{margin:0;height:100vh;display:grid;grid-template-rows:auto 1fr auto;background:var(--page);color:var(--text);font:14px/1.5 system-ui,sans-serif}
a{color:var(--link)}
h1{margin:0;font-size:18px}
h2{margin:0 0 8px;font-size:16px;overflow-wrap:anywhere}
h3{margin:16px 0 4px;font-size:14px}
header{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;padding:10px 16px;border-bottom:1px solid var(--line);background:var(--panel)}
fieldset{display:flex;flex-wrap:wrap;gap:4px 12px;margin:0;padding:0;border:0}
legend{position:absolute;clip-path:inset(50%)}
label{display:inline-flex;gap:4px;align-items:center;white-space:nowrap}
input[type=search]{min-width:200px;padding:4px 8px;border:1px solid var(--line);border-radius:6px;background:var(--page);color:inherit;font:inherit}
button{padding:3px 10px;border:1px solid var(--line);border-radius:6px;background:var(--page);color:inherit;font:inherit;cursor:pointer}
progress{width:120px;vertical-align:middle;accent-color:var(--complete-line)}
.legend::before{content:'';display:inline-block;width:24px;margin-right:6px;border-top:3px solid var(--critical);vertical-align:middle}
.buttons{display:flex;gap:4px;margin-left:auto}
main{position:relative;display:flex;min-height:0;overflow:hidden}
#graph{flex:1;min-width:0;width:100%;height:100%;touch-action:none;cursor:grab}
#graph.dragged{cursor:grabbing}
.node{cursor:pointer}
.node:focus{outline:none}
.node:focus-visible rect{stroke:var(--link);stroke-width:4}
.faded{opacity:.18}
.near rect{stroke-width:3}
aside{width:340px;max-width:80vw;padding:16px;overflow:auto;border-left:1px solid var(--line);background:var(--panel)}
aside[hidden]{display:none}
aside dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:0}
aside dt{color:var(--quiet)}
aside dd{margin:0;overflow-wrap:anywhere}
aside ol{margin:0;padding-left:20px}
aside .close{float:right}
.quiet{color:var(--quiet)}
details{max-height:45vh;overflow:auto;padding:8px 16px;border-top:1px solid var(--line);background:var(--panel)}
summary{cursor:pointer}
table{border-collapse:collapse;margin-top:8px}
th,td{padding:4px 12px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
[role=status]{position:absolute;left:16px;bottom:12px;margin:0;padding:2px 10px;border-radius:6px;background:var(--panel);color:var(--quiet)}
[role=status]:empty{display:none}
${GRAPH_STYLE}`;
