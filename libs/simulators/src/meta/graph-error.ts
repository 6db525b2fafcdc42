import { randomBytes } from 'node:crypto';

/** A refusal in the shape of the provider. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly more: { readonly details?: string; readonly subcode?: number; readonly retryAfter?: number } = {},
  ) {
    super(message);
  }

  body(): object {
    const { details, subcode } = this.more;
    return {
      error: {
        message: `(#${this.code}) ${this.message}`,
        type: 'OAuthException',
        code: this.code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: randomBytes(8).toString('base64url'),
      },
    };
  }
}

export const invalid = (details: string): GraphError => new GraphError(400, 100, 'Invalid parameter', { details });
export const missing = (what: string): GraphError =>
  new GraphError(400, 100, `Object with ID '${what}' does not exist, cannot be loaded due to missing permissions`, {
    subcode: 33,
  });
