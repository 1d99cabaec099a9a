/** A look that who knows GitHub is at home in, by day and by night; its colours are Primer's (https://primer.style). */
export const STYLE = `
:root { --fg: #1f2328; --muted: #59636e; --bg: #ffffff; --soft: #f6f8fa; --line: #d1d9e0; --link: #0969da;
  --open: #1a7f37; --closed: #8250df; --code: #818b981f; color-scheme: light; }
@media (prefers-color-scheme: dark) {
  :root { --fg: #f0f6fc; --muted: #9198a1; --bg: #0d1117; --soft: #151b23; --line: #3d444d; --link: #4493f8;
    --open: #238636; --closed: #8957e5; --code: #656c7633; color-scheme: dark; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 24px; width: 860px; color: var(--fg); background: var(--bg);
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; }
h1 { margin: 0 0 8px; font-size: 26px; font-weight: 400; line-height: 1.25; }
h1 span, .about, .said { color: var(--muted); }
.about { margin: 0 0 8px; }
.about b { color: var(--fg); }
.label, i { padding: 1px 9px; border: 1px solid var(--line); border-radius: 2em; font-size: 12px; }
.label > span { display: inline-block; width: 9px; height: 9px; margin-right: 6px; border-radius: 50%; }
i { color: var(--muted); font-style: normal; }
hr { margin: 14px 0 20px; border: 0; border-top: 1px solid var(--line); }
body.cut::after { content: ''; position: fixed; right: 0; bottom: 0; left: 0; height: 72px;
  background: linear-gradient(transparent, var(--bg)); }
.sign { vertical-align: -1px; }
.state { display: inline-block; margin-right: 8px; padding: 3px 12px; border-radius: 2em; color: #fff; font-weight: 500; }
.state.open { background: var(--open); }
.state.closed, .state.merged { background: var(--closed); }
article { margin-bottom: 16px; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.said { padding: 8px 16px; background: var(--soft); border-bottom: 1px solid var(--line); }
.said b { color: var(--fg); }
.text { padding: 16px; }
.text > :first-child { margin-top: 0; }
.text > :last-child { margin-bottom: 0; }
p, ul, ol, blockquote, pre, table, details { margin: 0 0 16px; }
ul, ol { padding-left: 2em; }
li > p { margin-bottom: 4px; }
li + li { margin-top: 4px; }
h2, h3, h4 { margin: 24px 0 12px; font-weight: 600; line-height: 1.25; }
h2 { padding-bottom: 5px; border-bottom: 1px solid var(--line); font-size: 20px; }
h3 { font-size: 17px; }
h4 { font-size: 14px; }
a { color: var(--link); text-decoration: none; }
code { padding: 2px 5px; border-radius: 6px; background: var(--code); font-size: 12px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, 'Liberation Mono', 'DejaVu Sans Mono', monospace; }
pre { padding: 14px; border-radius: 6px; background: var(--soft); font-size: 12px; line-height: 1.45; overflow: hidden; }
pre code { padding: 0; background: none; }
pre.mermaid { padding: 8px; background: none; border: 1px solid var(--line); text-align: center; }
pre.mermaid svg { max-height: 260px; }
blockquote { padding: 0 1em; border-left: 4px solid var(--line); color: var(--muted); }
table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: hidden; }
th, td { padding: 5px 13px; border: 1px solid var(--line); text-align: left; }
th { font-weight: 600; }
tbody tr:nth-child(2n) { background: var(--soft); }
`;
