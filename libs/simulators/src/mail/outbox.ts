import { createTransport, type SendMailOptions } from 'nodemailer';

/** A mail as an invented citizen writes it. */
export interface CitizenMail {
  readonly from: string;
  readonly to: string;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly { readonly filename: string; readonly mediaType: string; readonly base64: string }[];
  /** Envelope sender; empty for `<>`. The address of `from` unless told. */
  readonly envelopeFrom?: string;
  /** The whole mail, byte for byte, instead of all that is written above but the envelope. */
  readonly rawBase64?: string;
  /** How often it is delivered; once unless told. */
  readonly copies?: number;
}

export interface Handed {
  readonly messageId: string;
  /** Last answer of the server. */
  readonly response: string;
}

/** Hands a mail to an SMTP server as a citizen's server would. Rejects with the server's words when it refuses. */
export async function sendMail(smtpUrl: string, mail: CitizenMail): Promise<Handed> {
  const url = new URL(smtpUrl);
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port || 25),
    secure: false,
    ignoreTLS: true,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 30_000,
  });
  const envelopeFrom = mail.envelopeFrom ?? /<([^<>]+)>/.exec(mail.from)?.[1] ?? mail.from;
  const options: SendMailOptions = mail.rawBase64
    ? { raw: Buffer.from(mail.rawBase64, 'base64') }
    : {
        from: mail.from,
        to: mail.to,
        ...(mail.subject === undefined ? {} : { subject: mail.subject }),
        ...(mail.text === undefined ? {} : { text: mail.text }),
        ...(mail.html === undefined ? {} : { html: mail.html }),
        ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
        ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo }),
        ...(mail.references === undefined ? {} : { references: [...mail.references] }),
        ...(mail.headers === undefined ? {} : { headers: { ...mail.headers } }),
        attachments: (mail.attachments ?? []).map(one => ({
          filename: one.filename,
          contentType: one.mediaType,
          content: Buffer.from(one.base64, 'base64'),
        })),
      };
  try {
    let handed: Handed = { messageId: '', response: '' };
    for (let copy = 0; copy < (mail.copies ?? 1); copy += 1) {
      const info = await transport.sendMail({
        ...options,
        ...(copy > 0 && handed.messageId ? { messageId: handed.messageId } : {}),
        envelope: { from: envelopeFrom, to: [mail.to] },
      });
      handed = { messageId: info.messageId, response: info.response };
    }
    return handed;
  } finally {
    transport.close();
  }
}
