import { createHmac } from 'node:crypto';

/** Names of a form and their values, in the order in which they are sent. */
export type Parameters = Readonly<Record<string, string>>;

/** X-Twilio-Signature of a request: base64 HMAC-SHA1 over the URL as it is called and the sorted parameters of the form. */
export const signatureOf = (authToken: string, url: string, parameters: Parameters): string =>
  createHmac('sha1', authToken)
    .update(
      url +
        Object.keys(parameters)
          .sort()
          .map(name => `${name}${parameters[name]}`)
          .join(''),
    )
    .digest('base64');
