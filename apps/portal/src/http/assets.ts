import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A file of the pages, ready to be sent. */
export interface Asset {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** The same, compressed; absent where it would be no smaller. */
  readonly gzip?: Buffer;
}

const HERE = dirname(fileURLToPath(import.meta.url));
/** Files written as they are served stand in the source, beside what is compiled. */
const OWN = join(HERE, '../../public');
const SCRIPTS = join(HERE, '../../dist/browser');
const MEDIA: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  png: 'image/png',
};

const FONTS = [
  ...['300', 'regular', '600', '700'].map(weight => `Titillium_Web/titillium-web-v10-latin-ext_latin-${weight}.woff2`),
  'Lora/lora-v20-latin-ext_latin-regular.woff2',
  'Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular.woff2',
];

/** The widget's files: the one that pages of others name, and what it loads. */
const WIDGET = [
  ['widget.js', 'widget.js'],
  ...['panel', 'connection', 'proof', 'words', 'style'].map(
    name => [`widget/${name}.js`, `widget/${name}.js`] as const,
  ),
] as const;

/** The files of the pages, all of them ours to serve, read once. Their path says what they hold, so that browsers keep them for ever. */
export class Assets {
  /** Of the whole set, without a final slash. */
  readonly path: string;
  private readonly files: ReadonlyMap<string, Asset>;
  private readonly widgets = new Map<string, Asset>();

  constructor(map: object) {
    const require = createRequire(import.meta.url);
    const italia = join(dirname(require.resolve('bootstrap-italia/package.json')), 'dist');
    const leaflet = join(dirname(require.resolve('leaflet/package.json')), 'dist');
    const from: Readonly<Record<string, string>> = {
      'italia.css': join(italia, 'css/bootstrap-italia.min.css'),
      'sprites.svg': join(italia, 'svg/sprites.svg'),
      'portal.css': join(OWN, 'portal.css'),
      'icon.svg': join(OWN, 'icon.svg'),
      'enhance.js': join(SCRIPTS, 'enhance.js'),
      'proof.js': join(SCRIPTS, 'widget/proof.js'),
      'leaflet.js': join(leaflet, 'leaflet.js'),
      'leaflet.css': join(leaflet, 'leaflet.css'),
      ...Object.fromEntries(FONTS.map(font => [font.split('/').at(-1) ?? font, join(italia, 'fonts', font)])),
    };
    for (const [path, file] of WIDGET)
      this.widgets.set(path, assetOf(file, plain(file, readFileSync(join(SCRIPTS, file)))));
    const files = new Map<string, Asset>();
    const digest = createHash('sha256');
    const add = (name: string, bytes: Buffer): void => {
      digest.update(name).update(bytes);
      files.set(name, assetOf(name, bytes));
    };
    for (const [name, path] of Object.entries(from)) add(name, plain(name, readFileSync(path)));
    add('map.json', Buffer.from(JSON.stringify(map)));
    this.files = files;
    this.path = `/statici/${digest.digest('hex').slice(0, 16)}`;
  }

  /** A file of the widget that other sites show, by its path: that does not say what it holds, since it stands in their pages. */
  widget(path: string): Asset | undefined {
    return this.widgets.get(path);
  }

  get(version: string, name: string): Asset | undefined {
    return `/statici/${version}` === this.path ? this.files.get(name) : undefined;
  }
}

function assetOf(name: string, bytes: Buffer): Asset {
  const mediaType = MEDIA[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  const gzip = gzipSync(bytes, { level: 9 });
  return { mediaType, bytes, ...(gzip.byteLength < bytes.byteLength * 0.95 ? { gzip } : {}) };
}

/** Without the line by which a browser would look for a source map that is not served, and without the font of a player of films: there are none. */
function plain(name: string, bytes: Buffer): Buffer {
  if (!/\.(js|css)$/.test(name)) return bytes;
  return Buffer.from(
    bytes
      .toString()
      .replace(/\n?(\/\/# sourceMappingURL=[^\n]*|\/\*# sourceMappingURL=[^*]*\*\/)\s*$/, '\n')
      .replace(/@font-face\{font-family:VideoJS;[^}]*\}/, ''),
  );
}
