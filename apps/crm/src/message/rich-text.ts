import { createHash } from 'node:crypto';
import sanitizeHtml from 'sanitize-html';

/** Most of a rich text that is shown, in characters. */
const MAX = 2_000_000;
const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;color:#17202a;background:#fff;margin:1rem;overflow-wrap:anywhere}
img{max-width:100%;height:auto}
table{border-collapse:collapse;max-width:100%}
blockquote{border-left:3px solid #8a949e;margin:0 0 0 .5rem;padding-left:.75rem;color:#33404d}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const TAGS =
  'a abbr b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr';
const NOT_TEXT =
  'script style textarea option noscript title head template object iframe svg math xmp noembed noframes plaintext';
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i;

/** How a rich text is shown. */
export interface Showing {
  /** Whether pictures that are kept elsewhere are loaded: whoever keeps them learns that the message is being read. */
  readonly remote: boolean;
  /** The enclosed pictures by the names that the text gives them, each as a `data:` address. */
  readonly enclosed: ReadonlyMap<string, string>;
}

/** What a document made of a citizen's words may do in a browser: show itself, and follow a link into a window of its own. */
export const richTextPolicy = ({ remote }: Pick<Showing, 'remote'>): string =>
  `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:${remote ? ' https:' : ''}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

/** A document of its own that shows a rich text made harmless once more, whatever was done to it before. */
export const richTextPage = (html: string, showing: Showing): string => `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Messaggio</title>
<style>${STYLE}</style>
</head>
<body>
${harmless(html, showing)}
</body>
</html>
`;

/** A rich text of which nothing runs and nothing is loaded but what may be. */
export const harmless = (html: string, { remote, enclosed }: Showing): string =>
  sanitizeHtml(html.slice(0, MAX), {
    allowedTags: TAGS.split(' '),
    nonTextTags: NOT_TEXT.split(' '),
    allowedAttributes: {
      a: ['href', 'title', 'rel', 'target'],
      img: ['src', 'alt', 'title', 'width', 'height'],
      table: ['border', 'cellpadding', 'cellspacing', 'width'],
      td: ['colspan', 'rowspan', 'align', 'valign', 'width'],
      th: ['colspan', 'rowspan', 'align', 'valign', 'width', 'scope'],
      ol: ['start', 'type'],
      li: ['value'],
      font: ['color'],
      '*': ['dir', 'lang'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data', 'https'] },
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
    nestingLimit: 150,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
      }),
      img: (tagName, { src = '', 'data-remote-src': kept, ...rest }) => {
        const shown = pictureOf(src.trim(), kept?.trim(), { remote, enclosed });
        return { tagName, attribs: { ...rest, ...(shown === undefined ? {} : { src: shown }) } };
      },
    },
  }).trim();

function pictureOf(src: string, kept: string | undefined, { remote, enclosed }: Showing): string | undefined {
  if (DATA_IMAGE.test(src)) return src;
  if (/^cid:/i.test(src)) return enclosed.get(nameOf(src.slice(4)));
  const elsewhere = [kept ?? '', src].find(address => /^https:\/\//i.test(address));
  return remote ? elsewhere : undefined;
}

const nameOf = (id: string): string => {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
};
