/** How the widget looks: nothing of the page around it comes in, and nothing of it goes out. */
export const STYLE = `
:host{--ink:#17324d;--paper:#fff;--line:#5c6f82;--soft:#eef2f6;--brand:#0059b3;--on:#fff;--wrong:#b3162b;all:initial}
@media (prefers-color-scheme:dark){:host{--ink:#f2f5f8;--paper:#17222e;--line:#93a5b8;--soft:#24323f;--brand:#8ab8f0;--on:#10202f;--wrong:#ff9aa8}}
*{box-sizing:border-box;font-family:"Titillium Web",system-ui,sans-serif;line-height:1.5}
[hidden]{display:none!important}
button,.open{font-size:1rem;font-weight:600;border:2px solid var(--brand);border-radius:4px;min-height:44px;padding:.5rem 1rem;background:var(--brand);color:var(--on);cursor:pointer}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 3px var(--paper)}
.open{position:fixed;right:1rem;bottom:1rem;z-index:2147483000;border-radius:28px;box-shadow:0 2px 8px #0006}
.count{margin-left:.5rem;background:var(--paper);color:var(--ink);border-radius:1em;padding:0 .5em}
.panel{position:fixed;right:1rem;bottom:1rem;z-index:2147483000;display:flex;flex-direction:column;width:min(24rem,calc(100vw - 2rem));max-height:min(46rem,calc(100vh - 2rem));background:var(--paper);color:var(--ink);border:1px solid var(--line);border-radius:8px;box-shadow:0 4px 24px #0006;overflow:auto;font-size:1rem}
header{display:flex;align-items:center;justify-content:space-between;gap:.5rem;padding:.5rem .5rem .5rem 1rem;border-bottom:1px solid var(--line)}
h2{font-size:1.125rem;margin:0}h3{font-size:1rem;margin:0}
header button,.plain{background:none;color:var(--ink);border-color:transparent}
.plain{border-color:var(--line)}
ul{list-style:none;margin:0;padding:.25rem 1rem}
a{color:var(--brand);display:inline-flex;align-items:center;min-height:32px}
.chat{padding:.5rem 1rem 1rem;border-top:1px solid var(--line);display:flex;flex-direction:column;gap:.5rem;min-height:0}
.status{margin:0}
.talking{height:min(46rem,calc(100vh - 2rem))}
.talking .chat{flex:1}
.talking h3,.talking #hint{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.services summary{padding:.25rem 1rem;font-weight:600}
.log{overflow:auto;min-height:8rem;flex:1 1 auto;display:flex;flex-direction:column;gap:.5rem}
.log:empty{display:none}
.line{padding:.5rem .75rem;border-radius:8px;background:var(--soft);max-width:92%;white-space:pre-wrap;overflow-wrap:anywhere}
.citizen{align-self:flex-end;border:1px solid var(--line);background:var(--paper)}
.line small{display:block;font-size:.875rem}
.choices{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.5rem}
.line .file,.line .sent{display:block;margin-top:.25rem}
label{display:block;font-weight:600}
textarea,input{width:100%;font-size:1rem;padding:.5rem;border:2px solid var(--line);border-radius:4px;background:var(--paper);color:var(--ink)}
small{font-size:.875rem}
.wrong{color:var(--wrong);font-weight:600;margin:0}
.files{padding:0;display:flex;flex-wrap:wrap;gap:.5rem}.files:empty{display:none}
.file{font-weight:400;text-align:left;overflow-wrap:anywhere;max-width:100%}
.acts{display:flex;flex-wrap:wrap;gap:.5rem}.acts button{flex:1 1 auto}
.wrong:empty,.moment:empty{display:none}
.foot{display:flex;flex-wrap:wrap;align-items:start;gap:0 1rem}.foot details[open]{flex-basis:100%}
form{display:flex;flex-direction:column;gap:.5rem;margin:0}
summary{min-height:32px;cursor:pointer}
@media (max-width:480px){.panel{right:0;bottom:0;width:100vw;max-height:100vh;border-radius:8px 8px 0 0}}
@media (forced-colors:active){.open,.panel,.line{border:2px solid}}
`;
