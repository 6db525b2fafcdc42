import type { SendMailOptions } from 'nodemailer';
import type { BlobRef } from '@filodiretto/contracts';
import type { Host } from '@filodiretto/channel-kit';
import { clean } from './mail/charset.js';
import { htmlWords } from './mail/html.js';
import { documentOf, htmlOf, type Mail } from './send.js';

/** The mail with the bytes it encloses, as the mailer wants it. Rejects when a blob cannot be had: nothing has left. */
export const enclosed = async (mail: Mail, host: Host): Promise<SendMailOptions> => {
  const open = async (blob: BlobRef): Promise<Buffer> => {
    const bytes = await host.open(blob);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const texts = await Promise.all(
    mail.texts.map(async text => (typeof text === 'string' ? text : clean((await open(text)).toString('utf8')))),
  );
  const rich = mail.html ? (await open(mail.html)).toString('utf8') : undefined;
  const text = texts.length > 0 ? texts.join('\n\n') : rich === undefined ? '' : htmlWords(rich);
  return {
    envelope: mail.envelope,
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
    subject: mail.subject,
    messageId: mail.messageId,
    ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
    ...(mail.references.length > 0 ? { references: mail.references } : {}),
    headers: { ...mail.headers },
    date: mail.date,
    ...(text === '' ? {} : { text, html: rich === undefined ? htmlOf(text) : documentOf(rich) }),
    textEncoding: 'quoted-printable',
    xMailer: false,
    attachments: await Promise.all(
      mail.files.map(async file => ({
        content: await open(file.blob),
        filename: file.filename,
        contentType: file.mediaType,
        ...(file.inlineId ? { cid: file.inlineId, contentDisposition: 'inline' as const } : {}),
      })),
    ),
  };
};
