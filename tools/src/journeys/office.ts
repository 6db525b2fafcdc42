import type { OfficeView } from '@filodiretto/contracts';
import { eventually, running, type Desk } from './world.js';

/** A mail as the double of the mail server shows it. */
export interface Mail {
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly references: string;
  readonly text: string;
}

/** A file in a mail. */
export interface MailFile {
  readonly filename: string;
  readonly mediaType: string;
  readonly base64: string;
}

const control = (path: string): string => `${running().urls.simulators.mail.http}/_control/${path}`;

/** Somebody who reads mail and nothing else: an office, a body outside, a citizen. */
export class Mailbox {
  constructor(
    readonly address: string,
    readonly name = address,
  ) {}

  async mails(): Promise<Mail[]> {
    return (await (await fetch(control(`mails?to=${encodeURIComponent(this.address)}`))).json()) as Mail[];
  }

  /** The newest mail that says these words, once it is there. */
  reads(words: string): Promise<Mail> {
    return eventually(`${this.address} reads «${words}»`, async () =>
      (await this.mails()).findLast(mail => mail.subject.includes(words) || mail.text.includes(words)),
    );
  }

  async writes(mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly answers?: Mail;
    readonly attachments?: readonly MailFile[];
  }): Promise<void> {
    const { answers, ...said } = mail;
    const response = await fetch(control('send'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...said,
        from: `${this.name} <${this.address}>`,
        ...(answers
          ? {
              inReplyTo: answers.messageId,
              references: [...answers.references.split(/\s+/).filter(Boolean), answers.messageId],
            }
          : {}),
      }),
    });
    if (!response.ok) throw new Error(`the mail of ${this.address} is not taken: ${await response.text()}`);
  }

  async answers(mail: Mail, text: string, attachments: readonly MailFile[] = []): Promise<void> {
    const to = mail.replyTo[0] ?? mail.from;
    await this.writes({
      to: /<([^<>]+)>/.exec(to)?.[1] ?? to,
      subject: `Re: ${mail.subject}`,
      text,
      answers: mail,
      attachments,
    });
  }
}

/** The address of the link that a mail gives for an action, by its name. */
export const linkOf = (mail: Mail, name: string): string => {
  const found = mail.text.split(/\r?\n/).map(line => line.trim());
  const at = found.indexOf(`${name}:`);
  const link = found.slice(at + 1).find(line => line !== '');
  if (at < 0 || !link) throw new Error(`the mail has no link «${name}»: ${mail.text}`);
  return link;
};

/** Fills the form behind a link as a browser would; gives the page after it. */
export async function actsBy(link: string, form: Readonly<Record<string, string>> = {}): Promise<string> {
  const page = await fetch(link);
  if (!page.ok) throw new Error(`${link} answers ${page.status}`);
  const response = await fetch(link, { method: 'POST', body: new URLSearchParams(form) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${link} answers ${response.status}: ${text}`);
  return text;
}

/** The offices of the city by their codes. */
export async function offices(desk: Desk): Promise<ReadonlyMap<string, OfficeView>> {
  const { items } = await desk.ask<{ items: OfficeView[] }>('/offices');
  return new Map(items.map(office => [office.code, office]));
}
