import twilio from 'twilio';

/** Header of the provider's signature. */
export const SIGNATURE = 'x-twilio-signature';

/** The parameters of a request as they were sent: a repeated one is a list. */
export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** The parameters of a form, in which a name may be repeated. */
export function parametersOf(form: URLSearchParams): Parameters {
  const found: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    const values = [...form.getAll(name)];
    found[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  return found;
}

/**
 * Whether the provider signed this request with one of our tokens. The signature covers the URL as the provider wrote it and
 * the parameters of the form; of a JSON body, the hash that travels in the URL.
 */
export function isSigned(
  request: { readonly url: string; readonly method: string; readonly signature: string; readonly mediaType: string },
  body: Uint8Array,
  tokens: readonly string[],
): boolean {
  if (request.signature === '') return false;
  const text = Buffer.from(body).toString('utf8');
  const hashed = new URL(request.url).searchParams.has('bodySHA256');
  const form = request.mediaType.startsWith('application/x-www-form-urlencoded');
  if (body.byteLength > 0 && !form && !hashed) return false;
  const params = form && !hashed && request.method !== 'GET' ? parametersOf(new URLSearchParams(text)) : {};
  return tokens.some(token =>
    hashed
      ? twilio.validateRequestWithBody(token, request.signature, request.url, text)
      : twilio.validateRequest(token, request.signature, request.url, params),
  );
}
