/**
 * The one stylesheet, served at /style.css. Light and dark, from 320 px up, no picture and no font of anybody else's.
 *
 * Text has a contrast of 7:1 on paper and on panels.
 */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1c2130, #e8eaf0);
  --soft: light-dark(#474d5e, #a8afc0);
  --paper: light-dark(#ffffff, #14171f);
  --panel: light-dark(#f5f6fa, #1d212c);
  --line: light-dark(#d9dce6, #343a49);
  --accent: light-dark(#4338ca, #a5b4fc);
  --on-accent: light-dark(#ffffff, #14171f);
  --bad: light-dark(#8f1c13, #ffb4a9);
  --good: light-dark(#0f5530, #86dfae);
}
* { box-sizing: border-box; }
html { font: 100%/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; color: var(--ink); background: var(--paper); }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; overflow-wrap: anywhere; }
main { flex: 1; width: 100%; max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; text-align: center; padding: 0 1rem; }
.top { border-bottom: 1px solid var(--line); }
.top nav { max-width: 48rem; margin: 0 auto; padding: .5rem 1rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
.top a { text-decoration: none; padding: .5rem 0; }
.brand { font-weight: 700; font-size: 1.125rem; color: var(--ink); margin-inline-end: auto; }
.skip { position: absolute; inset-inline-start: -999rem; }
.skip:focus { inset-inline-start: 1rem; top: .5rem; background: var(--paper); padding: .5rem; z-index: 1; }
h1 { font-size: clamp(1.5rem, 1.2rem + 2vw, 2.25rem); line-height: 1.2; margin: .5rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; }
.title { font-size: 1.0625rem; font-weight: 600; margin: 0 0 .25rem; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code, pre { font-family: ui-monospace, 'Cascadia Mono', Menlo, monospace; font-size: .9em; }
pre { overflow-x: auto; background: var(--panel); padding: .75rem; border-radius: .5rem; }
main iframe { width: 100%; min-height: 24rem; border: 1px solid var(--line); border-radius: .5rem; background: Canvas; }
.muted, .meta { color: var(--soft); }
.meta { margin: 0; font-size: .9375rem; }
.kind { text-transform: uppercase; letter-spacing: .06em; font-size: .75rem; font-weight: 600; color: var(--soft); margin: 0; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 .75rem; }
.card > :last-child { margin-bottom: 0; }
.list { list-style: none; margin: 0; padding: 0; }
.dates > li { display: grid; grid-template-columns: 4.5rem 1fr; gap: 0 1rem; padding: .75rem 0; border-top: 1px solid var(--line); }
.dates > li:last-child { border-bottom: 1px solid var(--line); }
.day { text-align: center; line-height: 1.2; }
.day b { display: block; font-size: 1.5rem; }
.day span { font-size: .8125rem; color: var(--soft); text-transform: uppercase; letter-spacing: .04em; }
.cancelled .title a { text-decoration: line-through; }
.badge { display: inline-block; border: 1px solid currentcolor; border-radius: 1rem; padding: 0 .6rem; font-size: .8125rem; font-weight: 600; }
.bad { color: var(--bad); }
.good { color: var(--good); }
.notice { border-inline-start: 4px solid var(--accent); background: var(--panel); padding: .75rem 1rem; border-start-end-radius: .5rem; border-end-end-radius: .5rem; margin: 1rem 0; }
.notice.bad { border-color: var(--bad); }
.notice p { margin: 0; }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--soft); }
.qr { display: block; margin: 1rem 0; border-radius: .5rem; background: #fff; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; }
.facts ul { margin: 0; padding: 0; list-style: none; }
.tags { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: .75rem 0 0; padding: 0; }
.tag, .tags li { background: var(--panel); border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .8125rem; }
form { margin: 1rem 0; }
label, legend { font-weight: 600; padding: 0; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; }
.field { margin: 0 0 1rem; }
.field > label { display: block; }
.hint { display: block; color: var(--soft); font-size: .875rem; font-weight: 400; }
.fault { display: block; color: var(--bad); font-size: .9375rem; font-weight: 600; }
.choices label { font-weight: 400; display: inline-flex; align-items: center; gap: .5rem; min-height: 2.75rem; margin-inline-end: 1.25rem; }
input[type='radio'], input[type='checkbox'] { width: 1.25rem; height: 1.25rem; flex: none; accent-color: var(--accent); margin: 0; }
input:not([type='radio'], [type='checkbox']), select, textarea { font: inherit; color: inherit; background: var(--paper); width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--soft); border-radius: .5rem; }
input[type='number'] { max-width: 8rem; }
textarea { min-height: 6rem; }
textarea[readonly] { font-family: ui-monospace, monospace; font-size: .875rem; }
button, .button { font: inherit; font-weight: 600; display: inline-block; min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--accent); border-radius: .5rem; background: var(--accent); color: var(--on-accent); text-align: center; text-decoration: none; cursor: pointer; }
button.quiet, .button.quiet { background: transparent; color: var(--accent); }
button.bad { background: transparent; color: var(--bad); border-color: var(--bad); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.code { font-size: 1.5rem; letter-spacing: .08em; }
.big { min-height: 3.5rem; flex: 1 1 10rem; font-size: 1.125rem; }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
.numbers > div { flex: 1 1 8rem; background: var(--panel); border: 1px solid var(--line); border-radius: .75rem; padding: .5rem 1rem; }
.numbers dt { color: var(--soft); font-size: .875rem; }
.numbers dd { margin: 0; }
.numbers strong { font-size: 1.75rem; line-height: 1.2; }
video { width: 100%; border-radius: .5rem; }
main.wide { max-width: 100rem; }
.grow { flex: 1 1 12rem; }
.player { display: block; width: 100%; aspect-ratio: 16 / 9; border: 1px solid var(--line); border-radius: .75rem; background: var(--panel); margin: 1rem 0; }
.bare { min-height: 100vh; margin: 0; background: var(--panel); }
.bare main { max-width: none; padding: 0; }
.bare .fill { display: block; width: 100%; height: 100vh; border: 0; border-radius: 0; background: #000; }
.bare audio.fill { background: var(--panel); padding: 1rem; }
.framed { min-height: 0; display: block; }
.framed main { max-width: none; padding: 1rem; }
.framed h1 { font-size: 1.375rem; margin: 0 0 .5rem; }
.sample { display: block; width: 100%; height: 30rem; border: 1px solid var(--line); border-radius: .75rem; }
.framed h2 { margin-top: 1.5rem; }
.poster { min-height: 100vh; display: flex; flex-direction: column; justify-content: center; align-items: center; gap: .5rem; padding: .75rem; text-align: center; }
.poster p { margin: 0; }
@media (max-height: 14rem) { .poster .title { display: none; } }
.tabs { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1.5rem; margin: 1.5rem 0 1rem; }
.tabs ul { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; gap: .25rem; }
.tabs a { display: block; padding: .4rem .75rem; min-height: 2.75rem; border: 1px solid var(--line); border-radius: .5rem; text-decoration: none; }
.tabs a[aria-current] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.month h2.on { font-size: 1rem; margin: 0 0 .25rem; }
.month > ol > li { padding: .75rem 0; border-top: 1px solid var(--line); }
.month .free, .month .other { display: none; }
.month .title { font-size: 1rem; margin: 0; }
.month .at { font-variant-numeric: tabular-nums; }
.month .today > .on { color: var(--accent); }
.weekdays, .month .short { display: none; }
@media (min-width: 44rem) {
  .weeks { border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
  .weeks > .weekdays, .weeks > ol { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); gap: 1px; background: var(--line); }
  .weeks > .weekdays > span { background: var(--panel); padding: .25rem .5rem; font-size: .8125rem; color: var(--soft); border-bottom: 1px solid var(--line); }
  .weeks > ol > li, .weeks .free, .weeks .other { display: block; background: var(--paper); border: 0; padding: .4rem .5rem; min-height: 6.5rem; }
  .weeks .other { background: var(--panel); }
  .weeks .other > .on { color: var(--soft); font-weight: 400; }
  .weeks h2.on { font-size: .875rem; }
  .weeks .today > .on time { background: var(--accent); color: var(--on-accent); border-radius: 1rem; padding: .1rem .5rem; }
  .weeks .title { font-size: .875rem; line-height: 1.35; font-weight: 400; }
  .weeks .title .at { font-weight: 600; }
  .weeks .meta { display: none; }
  .month.weeks .short { display: inline; }
  .weeks .long { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
}
.prev::before { content: '\\2190\\a0' / ''; }
.next::after { content: '\\a0\\2192' / ''; }
[dir='rtl'] .prev::before { content: '\\2192\\a0' / ''; }
[dir='rtl'] .next::after { content: '\\a0\\2190' / ''; }
body:has(> main.wide) .top nav { max-width: 100rem; }
.copy { margin-top: .5rem; }
[data-if] { margin: 0; }
.programme > li { display: grid; grid-template-columns: 3.5rem 1fr; gap: 0 .75rem; padding: .6rem 0; border-top: 1px solid var(--line); }
.programme .at { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; }
.grid { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: .75rem; }
.grid:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.grid table { border-collapse: separate; border-spacing: 0; width: max-content; min-width: 100%; }
.grid th { position: sticky; top: 0; z-index: 1; background: var(--paper); padding: .4rem .5rem; font-size: .875rem; }
.grid tbody th { white-space: nowrap; inset-inline-start: 0; top: auto; width: 3.5rem; font-variant-numeric: tabular-nums; border-inline-end: 1px solid var(--line); }
.grid thead th:first-child { inset-inline-start: 0; z-index: 2; border-inline-end: 1px solid var(--line); }
.grid td { width: 12rem; min-width: 9rem; max-width: 14rem; padding: .4rem .5rem; font-size: .875rem; line-height: 1.35; border-inline-end: 1px solid var(--line); }
.grid td.talk { background: var(--panel); }
.grid td .meta { display: block; font-size: .8125rem; }
.facets h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
.facets nav .tags { margin-top: 0; max-height: 16rem; overflow-y: auto; }
.facets .tags li, .tags a { font-size: .875rem; }
.tags li a { display: inline-block; padding: .35rem 0; }
.card > form { margin: .75rem 0 0; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
.filters { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(10rem, 100%), 1fr)); align-items: end; }
.filters .field { margin: 0; }
.pager { display: flex; justify-content: space-between; margin-top: 1.5rem; }
mark { background: light-dark(#fde68a, #713f12); color: var(--ink); border-radius: .2rem; padding: 0 .1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
img { max-width: 100%; height: auto; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.rooms ul { display: flex; flex-wrap: wrap; gap: .25rem; list-style: none; margin: .5rem 0 1rem; padding: 0; }
.rooms li a { display: block; padding: .4rem .75rem; min-height: 2.75rem; border: 1px solid var(--line); border-radius: .5rem; text-decoration: none; }
.rooms li a[aria-current] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.stacked label { display: flex; }
form > .filters { margin-bottom: 1rem; }
.card > h2:first-child { margin-top: 0; }
@media (max-width: 30rem) { .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .5rem; } .dates > li { grid-template-columns: 3.5rem 1fr; } }
@media print { .top, footer, form { display: none; } }
`
