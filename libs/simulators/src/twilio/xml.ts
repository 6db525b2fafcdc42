/** An element of a document, with its attributes and what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** The text is no well-formed document. */
class MalformedXml extends Error {}

const TOKEN =
  /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[(?<cdata>[^]*?)\]\]>|<\/(?<close>[A-Za-z][\w:.-]*)\s*>|<(?<open>[A-Za-z][\w:.-]*)(?<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  const found = text.replace(/&(#x[0-9a-fA-F]+|#\d+|[a-z]+);/g, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    const character = ENTITIES[name];
    if (character === undefined) throw new MalformedXml(`unknown entity ${whole}`);
    return character;
  });
  if (/&(?!#?\w+;)/.test(text)) throw new MalformedXml('a bare ampersand');
  return found;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: (Element | string)[];
}

/** Reads a document without DTD. Throws `MalformedXml`. */
export function parseXml(source: string): Element {
  const text = source.replace(/^\uFEFF/, '').trim();
  const root: Open = { name: '', attributes: {}, children: [] };
  const stack: Open[] = [root];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const groups = token.exec(text)?.groups;
    const top = stack.at(-1);
    if (!groups || !top) throw new MalformedXml(`not XML at character ${at}: ${text.slice(at, at + 40)}`);
    if (groups.open !== undefined) {
      const attributes: Record<string, string> = {};
      for (const [, name = '', double, single] of (groups.attributes ?? '').matchAll(ATTRIBUTE)) {
        if (name in attributes) throw new MalformedXml(`attribute ${name} twice`);
        attributes[name] = unescaped(double ?? single ?? '');
      }
      const element: Open = { name: groups.open, attributes, children: [] };
      top.children.push(element);
      if (!groups.empty) stack.push(element);
    } else if (groups.close !== undefined) {
      if (top.name !== groups.close) throw new MalformedXml(`</${groups.close}> closes <${top.name}>`);
      stack.pop();
    } else if (groups.cdata !== undefined) top.children.push(groups.cdata);
    else if (groups.text !== undefined) top.children.push(unescaped(groups.text));
  }
  const elements = root.children.filter(child => typeof child !== 'string');
  const [only] = elements;
  if (stack.length !== 1) throw new MalformedXml(`<${stack.at(-1)?.name}> is not closed`);
  if (!only || elements.length !== 1 || root.children.some(child => typeof child === 'string' && child.trim() !== ''))
    throw new MalformedXml('a document is one element');
  return only;
}

/** The words in an element, at any depth, with white space as one blank. */
export const wordsOf = (element: Element): string =>
  element.children
    .map(child => (typeof child === 'string' ? child : wordsOf(child)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
