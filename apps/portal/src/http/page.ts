import { originOfTiles } from '@filodiretto/platform';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactElement } from 'react';

/** What these pages need of the framework's reply. */
export interface Reply {
  code(status: number): Reply;
  header(name: string, value: string | string[]): Reply;
  getHeader(name: string): number | string | string[] | undefined;
  redirect(url: string, status?: number): unknown;
  send(body: unknown): unknown;
}
/** And of its request. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What pages may do: everything comes from here, but for the tiles of the map when they are said to come from elsewhere. */
export const policyFor = (tiles: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob:${tiles ? ` ${originOfTiles(tiles)}` : ''}`,
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Writes a page. */
export function show(reply: Reply, page: ReactElement, status = 200): void {
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`<!doctype html>${renderToStaticMarkup(page)}`);
}

/** Sends the browser to a page of ours, to be asked by GET. */
export function go(reply: Reply, path: string): void {
  reply.code(303).header('location', path).header('cache-control', 'no-store').send('');
}

/**
 * Whether a request that changes something comes from a page of ours. Browsers say where a form stands; who says nothing is no
 * browser, and has no cookie of ours to make use of.
 */
export function isForeign({ headers }: Request, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  return typeof origin === 'string' && origin !== new URL(publicUrl).origin;
}
