import { convert } from 'html-to-text';
import sanitizeHtml from 'sanitize-html';
import { clean } from './charset.js';

const MAX_HTML = 2_000_000;

/**
 * A rich text that can be shown to an operator: no script, style, form, frame or event; pictures only those enclosed
 * (`cid:`) or written inline, remote ones keep their address in `data-remote-src` and load nothing.
 */
export const harmlessHtml = (html: string): string =>
  sanitizeHtml(clean(html.slice(0, MAX_HTML)), {
    allowedTags: [
      ...[
        'a',
        'abbr',
        'b',
        'bdi',
        'bdo',
        'big',
        'blockquote',
        'br',
        'caption',
        'center',
        'cite',
        'code',
        'col',
        'colgroup',
      ],
      ...[
        'dd',
        'del',
        'dfn',
        'div',
        'dl',
        'dt',
        'em',
        'figcaption',
        'figure',
        'font',
        'h1',
        'h2',
        'h3',
        'h4',
        'h5',
        'h6',
      ],
      ...['hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'small', 'span', 'strike'],
      ...['strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var', 'wbr'],
    ],
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'head',
      'template',
      'object',
      'iframe',
      'svg',
      'math',
    ],
    allowedAttributes: {
      a: ['href', 'title', 'rel', 'target'],
      img: ['src', 'alt', 'title', 'width', 'height', 'data-remote-src'],
      table: ['border', 'cellpadding', 'cellspacing', 'width'],
      td: ['colspan', 'rowspan', 'align', 'valign', 'width'],
      th: ['colspan', 'rowspan', 'align', 'valign', 'width', 'scope'],
      ol: ['start', 'type'],
      li: ['value'],
      font: ['color'],
      '*': ['dir', 'lang'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['cid', 'data'] },
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
    nestingLimit: 150,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
      }),
      img: (tagName, attribs) => {
        const { src = '', ...rest } = attribs;
        if (/^\s*(?:cid:|data:image\/(?:png|jpe?g|gif|webp);base64,)/i.test(src))
          return { tagName, attribs: { ...rest, src: src.trim() } };
        return { tagName, attribs: /^\s*https?:\/\//i.test(src) ? { ...rest, 'data-remote-src': src.trim() } : rest };
      },
    },
  }).trim();

/** The words of a rich text, laid out as plain text. */
export const htmlWords = (html: string): string =>
  clean(
    convert(html.slice(0, MAX_HTML), {
      wordwrap: false,
      preserveNewlines: false,
      limits: { maxInputLength: MAX_HTML, maxDepth: 200, ellipsis: '…' },
      selectors: [
        { selector: 'img', format: 'skip' },
        { selector: 'style', format: 'skip' },
        { selector: 'script', format: 'skip' },
        { selector: 'title', format: 'skip' },
        { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: { uppercase: false } })),
        { selector: 'blockquote', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
        { selector: 'table', format: 'block' },
      ],
    }),
  )
    .replace(/[ \t\u00a0]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** The names by which a rich text shows enclosed pictures. */
export const shownInline = (html: string): Set<string> =>
  new Set([...html.matchAll(/\bcid:([^"'\s>)]+)/gi)].map(([, id = '']) => unescaped(id)));

const unescaped = (id: string): string => {
  try {
    return decodeURIComponent(id.replace(/&amp;/g, '&'));
  } catch {
    return id;
  }
};
