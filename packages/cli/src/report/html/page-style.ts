/** The style of the page. */
export const PAGE_STYLE = `
:root{--bg:#fff;--fg:#1c2128;--dim:#57606a;--line:#d8dee4;--soft:#f6f8fa;--accent:#0a58ca;--ok:#1a7f37;--bad:#c0182b;--warn:#8a5a00;--add:#dafbe1;--del:#ffebe9;--c-fresh:#0a58ca;--c-cached:#9ec5fe;--c-output:#d9480f}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--bg:#0d1117;--fg:#e2e8f0;--dim:#9aa5b1;--line:#30363d;--soft:#161b22;--accent:#79b8ff;--ok:#56d364;--bad:#ff8182;--warn:#e3b341;--add:#12361f;--del:#4a1a1d;--c-fresh:#4c8dff;--c-cached:#264b80;--c-output:#ff9457}}
:root[data-theme=dark]{--bg:#0d1117;--fg:#e2e8f0;--dim:#9aa5b1;--line:#30363d;--soft:#161b22;--accent:#79b8ff;--ok:#56d364;--bad:#ff8182;--warn:#e3b341;--add:#12361f;--del:#4a1a1d;--c-fresh:#4c8dff;--c-cached:#264b80;--c-output:#ff9457;color-scheme:dark}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
html{scroll-padding-top:4rem}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:960px;margin:0 auto;padding:1rem}
h1{font-size:1.35rem;margin:1rem 0 .6rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:1.6rem 0 .6rem;display:flex;flex-wrap:wrap;gap:.3rem .5rem;align-items:baseline}
a{color:var(--accent)}
code,pre,kbd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.87em}
pre{margin:.4rem 0;padding:.6rem .7rem;background:var(--soft);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:32rem;overflow:auto}
code{overflow-wrap:anywhere}
.toolbar{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.4rem .7rem;align-items:center;padding:.5rem 1rem;background:var(--bg);border-bottom:1px solid var(--line)}
.toolbar[hidden],[hidden]{display:none}
.toolbar input[type=search]{flex:1 1 10rem;min-width:0;padding:.3rem .5rem;font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:6px}
.toolbar button,.menu summary{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.2rem .6rem;cursor:pointer}
.menu{position:relative}.menu summary{list-style:none}.menu div{position:absolute;right:0;min-width:12rem;padding:.5rem .8rem;background:var(--bg);border:1px solid var(--line);border-radius:6px}
.menu label,.menu p{display:block;margin:.1rem 0}
.summary{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem;margin:0}
.summary div{padding:.4rem .6rem;background:var(--soft);border-radius:6px}
dt{color:var(--dim);font-size:.8rem}dd{margin:0;overflow-wrap:anywhere}
.badge{display:inline-block;font-size:.75rem;font-weight:600;line-height:1.4;padding:0 .45rem;border:1px solid var(--line);border-radius:1rem;color:var(--dim);white-space:nowrap}
.badge.completed{color:var(--ok)}.badge.failed,.badge.interrupted{color:var(--bad)}.badge.declined,.badge.running,.badge.in_progress,.badge.pending{color:var(--warn)}
.item{margin:.5rem 0;padding:.5rem .8rem;border:1px solid var(--line);border-left:4px solid var(--line);border-radius:6px}
.item:focus,.item:target{outline:2px solid var(--accent);outline-offset:1px}
.item header{display:flex;flex-wrap:wrap;gap:.2rem .5rem;align-items:baseline}
.label{font-weight:600}.title{flex:1 1 12rem;min-width:0;white-space:pre-wrap}
.meta{margin-left:auto;color:var(--dim);font-size:.8rem;font-weight:400;white-space:nowrap}
.anchor{text-decoration:none;color:var(--dim)}
.k-user{border-left-color:var(--accent)}.k-message{border-left-color:var(--ok)}.k-reasoning{color:var(--dim)}.item.o-failed{border-left-color:var(--bad)}.item.o-declined,.item.o-running,.k-notice{border-left-color:var(--warn)}
.facts,figcaption{color:var(--dim);font-size:.83rem;margin:.2rem 0}
.text,.error{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}.error,li.o-failed{color:var(--bad)}
.markdown{overflow-wrap:anywhere}.markdown>:first-child{margin-top:.2rem}.markdown>:last-child{margin-bottom:.2rem}.markdown h1,.markdown h2,.markdown h3{font-size:1rem;margin:.8rem 0 .3rem}.markdown blockquote{margin:.4rem 0;padding-left:.8rem;border-left:3px solid var(--line)}.markdown :not(pre)>code{background:var(--soft);padding:.05rem .25rem;border-radius:4px}
.markdown table,.scroll{display:block;overflow-x:auto;max-width:100%}
table{border-collapse:collapse}th,td{padding:.2rem .7rem .2rem 0;text-align:left;vertical-align:top}th{color:var(--dim);font-weight:500;font-size:.83rem}tbody tr{border-top:1px solid var(--line)}
summary{cursor:pointer;color:var(--dim)}
.todos{list-style:none;padding:0;margin:.3rem 0}.todos .done{color:var(--dim)}.todos .done span{color:var(--ok)}
.diff .d-add{background:var(--add)}.diff .d-del{background:var(--del)}.diff .d-hunk{color:var(--dim)}
figure{margin:.4rem 0}
.chart{width:100%;height:auto;display:block}.axis{stroke:var(--line)}.tick,.lane{fill:var(--dim);font-size:11px;text-anchor:middle}.lane,.tick.start{text-anchor:start}.tick.end{text-anchor:end}
.c-fresh{fill:var(--c-fresh);background:var(--c-fresh)}.c-cached{fill:var(--c-cached);background:var(--c-cached)}.c-output{fill:var(--c-output);background:var(--c-output)}
.key{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;margin-left:.5rem}
.m-message,.m-reasoning,.m-todo,.m-user,.m-other{fill:var(--ok)}.m-command{fill:var(--c-fresh)}.m-patch{fill:var(--c-output)}.m-tool,.m-search{fill:#8957e5}.m-agent{fill:#bf3989}.m-notice{fill:var(--warn)}rect.o-failed{fill:var(--bad)}
.a-bold{font-weight:700}.a-dim{opacity:.7}.a-italic{font-style:italic}.a-underline{text-decoration:underline}.a-strikethrough{text-decoration:line-through}.a-reverse{background:var(--fg);color:var(--bg)}
.a-fg-0,.a-fg-8{color:var(--dim)}.a-fg-1,.a-fg-9{color:var(--bad)}.a-fg-2,.a-fg-10{color:var(--ok)}.a-fg-3,.a-fg-11{color:var(--warn)}.a-fg-4,.a-fg-12{color:var(--accent)}.a-fg-5,.a-fg-13{color:#a548c9}.a-fg-6,.a-fg-14{color:#1b7c83}.a-fg-7,.a-fg-15{color:inherit}
.a-bg-0,.a-bg-8{background:#444c56;color:#fff}.a-bg-1,.a-bg-9{background:#b62324;color:#fff}.a-bg-2,.a-bg-10{background:#1a7f37;color:#fff}.a-bg-3,.a-bg-11{background:#bf8700;color:#000}.a-bg-4,.a-bg-12{background:#0a58ca;color:#fff}.a-bg-5,.a-bg-13{background:#8250df;color:#fff}.a-bg-6,.a-bg-14{background:#1b7c83;color:#fff}.a-bg-7,.a-bg-15{background:#d0d7de;color:#000}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]) .a-fg-5,:root:not([data-theme=light]) .a-fg-13{color:#d2a8ff}:root:not([data-theme=light]) .a-fg-6,:root:not([data-theme=light]) .a-fg-14{color:#56d4dd}}
:root[data-theme=dark] .a-fg-5,:root[data-theme=dark] .a-fg-13{color:#d2a8ff}:root[data-theme=dark] .a-fg-6,:root[data-theme=dark] .a-fg-14{color:#56d4dd}
@media (max-width:600px){.chart{min-width:540px}main{padding:.6rem}.toolbar{position:static}.meta{white-space:normal}.summary{grid-template-columns:1fr 1fr}}
@media print{.toolbar,.anchor{display:none}main{max-width:none;padding:0}pre{max-height:none;overflow:visible}.item{break-inside:auto}header{break-after:avoid}.raw{display:none}:root,:root[data-theme=dark]{--bg:#fff;--fg:#000;--dim:#444;--line:#bbb;--soft:#f4f4f4}}
`;
