/** The look of a runbook: light and dark, wide and narrow, on a screen and on paper. */
export const style = `
:root { --paper: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --field: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12161c; --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --field: #1c222b; --link: #79c0ff; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-top: .5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p, ul, ol { max-width: 46rem; }
a { color: var(--link); }
code { font: .9em ui-monospace, monospace; background: var(--field); padding: .1em .3em; border-radius: 4px; }
pre { background: var(--field); border: 1px solid var(--line); border-radius: 8px; padding: .75rem; overflow-x: auto; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
nav h2 { border: 0; margin-top: 1rem; }
.goals { list-style: none; padding: 0; max-width: none; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 47%), 1fr)); }
.goals a { display: block; height: 100%; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--field); text-decoration: none; }
.goals a:hover, .goals a:focus { border-color: var(--link); }
.up { font-size: .85rem; margin: 1.5rem 0 0; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
figure { margin: 1rem 0; overflow-x: auto; }
svg { width: 100%; min-width: 46rem; height: auto; font-family: system-ui, sans-serif; fill: var(--ink); }
svg .frame { fill: none; stroke: var(--line); stroke-dasharray: 5 4; }
svg .head { font-size: 14px; fill: var(--soft); }
svg .box { fill: var(--field); stroke: var(--line); }
svg .title { font-size: 15px; font-weight: 600; }
svg .about { font-size: 12px; fill: var(--soft); }
svg .arrow { fill: none; stroke: var(--soft); stroke-width: 1.3; }
svg marker path { fill: var(--soft); }
@media (max-width: 72rem) {
  body { overflow-wrap: anywhere; }
}
@media (max-width: 56rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  table, tbody { display: block; }
  td { display: block; border: 0; padding: .15rem 0; }
  td:empty { display: none; }
  td::before { content: attr(data-label) ": "; color: var(--soft); }
  td[data-label=""]::before { content: none; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --field: #f4f4f4; --link: #000; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  pre, tr, figure, li { break-inside: avoid; }
  pre { white-space: pre-wrap; }
  .up, .contents { display: none; }
  svg { min-width: 0; }
}
`;
