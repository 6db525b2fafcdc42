import { createHash } from 'node:crypto';

/** Dark on light, one column, large enough for a thumb; contrast above 7:1. */
const STYLE = `
*{box-sizing:border-box}
body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#17202a;background:#fff}
header{background:#0b3d63;color:#fff;padding:1rem}
header p{margin:0;max-width:40rem;margin-inline:auto}
main{max-width:42rem;margin-inline:auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}
dl{margin:0 0 1.5rem;padding:1rem;background:#f1f4f7}
dt{font-weight:600}
dd{margin:0 0 .5rem;overflow-wrap:anywhere}
.words{white-space:pre-wrap}
label{display:block;font-weight:600;margin:0 0 .25rem}
.field{margin:0 0 1.25rem}
.hint{margin:0 0 .25rem}
input,select,textarea{width:100%;font:inherit;padding:.625rem;border:2px solid #4a5560;border-radius:4px;background:#fff;color:inherit}
input[type=checkbox]{width:1.5rem;height:1.5rem;vertical-align:middle;margin:0 .5rem 0 0}
textarea{min-height:9rem}
button{font:inherit;font-weight:600;min-height:3rem;padding:.75rem 1.5rem;border:0;border-radius:4px;background:#0b3d63;color:#fff;width:100%}
:focus-visible{outline:3px solid #b35900;outline-offset:2px}
.wrong{border-left:6px solid #a10e0e;padding:.75rem 1rem;background:#fdf0f0;margin:0 0 1.25rem}
.done{border-left:6px solid #0b6b3a;padding:.75rem 1rem;background:#eef8f2;margin:0 0 1.25rem}
@media (min-width:40rem){button{width:auto}}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** What keeps a page to itself: nothing is fetched, framed, remembered or told to others. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

/** Words as they stand in a page. */
export const escaped = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    char => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char,
  );

/** A page of the core: its title, and HTML that is made of escaped words. */
export const page = (title: string, content: string, language: 'it' | 'en' = 'it'): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><p>Filodiretto – lavoro degli uffici</p></header>
<main>
<h1>${escaped(title)}</h1>
${content}
</main>
</body>
</html>
`;
