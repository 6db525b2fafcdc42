/** A webhook of the provider: which of ours it called, and with what. The same for the first time and for a reading again. */
export interface Hook {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
}

/** Pure. `url` is the path and query that was called; the body a form, or empty when the parameters are in the query. */
export function hookOf(url: string, body: Uint8Array): Hook {
  const parsed = new URL(url, 'http://hook');
  const query = Object.fromEntries(parsed.searchParams);
  const text = Buffer.from(body).toString('utf8');
  const path = parsed.pathname.replace(/\/+$/, '') || '/';
  return { path, query, params: text === '' ? query : Object.fromEntries(new URLSearchParams(text)) };
}

/** The number of ours that a webhook is about: the called one, or the calling one when the administration began. */
export const accountOf = ({ params, query }: Hook): string => {
  const ours =
    (params.Direction ?? 'inbound').startsWith('outbound') ||
    (params.MessageStatus !== undefined && params.Body === undefined);
  return (query.a ?? (ours ? params.From : params.To) ?? params.Called ?? 'unknown').slice(0, 200) || 'unknown';
};

/** A time of the provider (RFC 2822, or RFC 3339) as an instant; `otherwise` when it says none. */
export function instantIn(written: string | undefined, otherwise: string): string {
  const at = written === undefined ? NaN : Date.parse(written);
  return Number.isNaN(at) ? otherwise : new Date(at).toISOString();
}

export const wholeIn = (written: string | undefined): number | undefined =>
  written !== undefined && /^\d{1,9}$/.test(written) ? Number(written) : undefined;
