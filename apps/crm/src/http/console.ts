import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { originOfTiles } from '@filodiretto/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Where the operators' console is, for links and for what stands in front of it. */
export const CONSOLE_PATH = '/console';

/** The console's page and its files come from here and ask nobody else, but for the tiles of its map when they are said to come from elsewhere; what a citizen wrote is framed, in a document of its own. */
export const consolePolicy = (tiles: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob:${tiles === undefined ? '' : ` ${originOfTiles(tiles)}`}`,
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
/** What is small already. */
const PACKED = new Set(['.png', '.woff2']);
const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const;
type Packing = keyof typeof pack;

/** One file of the console, in memory; packed once, when somebody first asks for it so. */
class ConsoleFile {
  readonly type: string;
  readonly etag: string;
  private readonly packed = new Map<Packing, Promise<Buffer>>();

  constructor(
    private readonly bytes: Buffer,
    private readonly ending: string,
  ) {
    this.type = TYPES[ending] ?? 'application/octet-stream';
    this.etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  }

  /** The body, and how it is packed; whatever `accepted` (Accept-Encoding) allows. */
  async body(accepted: string): Promise<{ readonly bytes: Buffer; readonly packing?: Packing }> {
    const taken = accepted.split(',').map(one => one.trim().split(/ *; */));
    const packing = (['br', 'gzip'] as const).find(one =>
      taken.some(([name, weight]) => name === one && !/^q=0(\.0*)?$/.test(weight ?? '')),
    );
    if (packing === undefined || PACKED.has(this.ending)) return { bytes: this.bytes };
    const made = this.packed.get(packing) ?? pack[packing](this.bytes);
    this.packed.set(packing, made);
    return { bytes: await made, packing };
  }
}

/**
 * Serves the console that was built into `folder`. An address without a file's name is a place inside the console and gets its page;
 * a file that is not there is not found. Throws when the folder holds no console. To be called before the application is initialised.
 */
export function serveConsole(app: NestFastifyApplication, folder: string): void {
  const read = (path: string): ConsoleFile => new ConsoleFile(readFileSync(join(folder, path)), extname(path));
  const page = read('index.html');
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(folder, join(entry.parentPath, entry.name)))
      .map(path => [path.split(sep).join('/'), read(path)] as const),
  );
  const answer = async (
    file: ConsoleFile,
    keep: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> => {
    const etag = `"${file.etag}"`;
    void reply.headers({ 'cache-control': keep, vary: 'accept-encoding', etag });
    if (request.headers['if-none-match'] === etag) return void reply.code(304).send();
    const { bytes, packing } = await file.body(request.headers['accept-encoding'] ?? '');
    if (packing !== undefined) void reply.header('content-encoding', packing);
    void reply.type(file.type).send(bytes);
  };
  const server = app.getHttpAdapter().getInstance();
  server.get(CONSOLE_PATH, (_, reply) => reply.redirect(`${CONSOLE_PATH}/`));
  server.get<{ Params: { '*': string } }>(`${CONSOLE_PATH}/*`, (request, reply) => {
    const path = request.params['*'];
    const file = files.get(path);
    if (file) return answer(file, path.startsWith('assets/') ? IMMUTABLE : 'no-cache', request, reply);
    return extname(path) === '' ? answer(page, 'no-cache', request, reply) : reply.callNotFound();
  });
}

/** The name of such a file changes with what is in it. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
