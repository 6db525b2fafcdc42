import { createHmac } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { System } from '../system/system.js';
import { DEMONSTRATION } from '../system/services.js';
import type { Door, SentMessage } from './traffic.js';

const TIMEOUT_MS = 15_000;

/** A number of digits that is the same for the same text: telephone numbers and ids of citizens who do not exist. */
const digits = (text: string, count: number): string =>
  [...createHmac('sha256', 'citizens').update(text).digest()]
    .map(byte => byte % 10)
    .join('')
    .slice(0, count);

async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  try {
    const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    // Nobody answered: for a provider, the same as no.
    return 0;
  }
}
const yes = (status: number): boolean => status >= 200 && status < 300;

/** The value of the loopback's signature header, for a body. */
export const loopbackSignature = (secret: string, body: string, at = Date.now()): string => {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
};

/** The body of a loopback delivery. */
export const loopbackBody = (messages: readonly SentMessage[]): string =>
  JSON.stringify({
    items: messages.map(one => ({ kind: 'message', id: one.mark, person: one.conversation, text: one.text })),
  });

export class LoopbackDoor implements Door {
  readonly name = 'loopback';
  readonly joins = true;
  private readonly url: string;
  constructor(private readonly system: System) {
    this.url = `${system.urls.channels.loopback}/deliveries/banco`;
  }
  send(message: SentMessage): Promise<boolean> {
    return this.deliver([message]);
  }
  /** Several messages in one delivery. */
  async deliver(messages: readonly SentMessage[]): Promise<boolean> {
    const body = loopbackBody(messages);
    return yes(
      await post(this.url, body, {
        'x-loopback-signature': loopbackSignature(this.system.secrets.loopbackSecret, body),
        'content-type': 'application/json',
      }),
    );
  }
}

class EmailDoor implements Door {
  readonly name = 'email';
  readonly joins = true;
  constructor(private readonly system: System) {}
  async send({ mark, conversation, place, text }: SentMessage): Promise<boolean> {
    const root = `<${conversation}@posta.example>`;
    const transport = createTransport({
      url: this.system.urls.channels.email.smtp,
      connectionTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    try {
      await transport.sendMail({
        from: `Cittadina <${conversation}@posta.example>`,
        to: DEMONSTRATION.mailboxes[0].address,
        subject: place === 0 ? 'Lampione spento' : 'Re: Lampione spento',
        messageId: place === 0 ? root : `<${mark}@posta.example>`,
        ...(place === 0 ? {} : { inReplyTo: root, references: [root] }),
        date: new Date(0),
        text,
      });
      return true;
    } catch {
      // 4xx, or nobody there: a mail server comes again.
      return false;
    } finally {
      transport.close();
    }
  }
}

class WhatsappDoor implements Door {
  readonly name = 'whatsapp';
  readonly joins = true;
  constructor(private readonly system: System) {}
  async send({ mark, conversation, text }: SentMessage): Promise<boolean> {
    const from = `39347${digits(conversation, 7)}`;
    const { id, shown } = DEMONSTRATION.whatsappNumber;
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: shown, phone_number_id: id },
                contacts: [{ profile: { name: 'Cittadina' }, wa_id: from }],
                messages: [
                  {
                    from,
                    id: `wamid.${mark}`,
                    timestamp: String(Math.floor(Date.now() / 1_000)),
                    type: 'text',
                    text: { body: text },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
    return yes(await post(`${this.system.urls.channels.whatsapp}/webhook`, body, metaHeaders(this.system, body)));
  }
}

class FacebookDoor implements Door {
  readonly name = 'facebook';
  readonly joins = true;
  constructor(private readonly system: System) {}
  async send({ mark, conversation, text }: SentMessage): Promise<boolean> {
    const page = DEMONSTRATION.facebookPage.id;
    const body = JSON.stringify({
      object: 'page',
      entry: [
        {
          id: page,
          time: Date.now(),
          messaging: [
            {
              sender: { id: digits(conversation, 16) },
              recipient: { id: page },
              timestamp: Date.now(),
              message: { mid: `m_${mark}`, text },
            },
          ],
        },
      ],
    });
    return yes(await post(`${this.system.urls.channels.facebook}/webhook`, body, metaHeaders(this.system, body)));
  }
}
const metaHeaders = (system: System, body: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-hub-signature-256': `sha256=${createHmac('sha256', system.secrets.metaAppSecret).update(body).digest('hex')}`,
});

export class PhoneDoor implements Door {
  readonly name = 'phone';
  readonly joins = true;
  constructor(private readonly system: System) {}
  send({ mark, conversation, text }: SentMessage): Promise<boolean> {
    return this.told('/sms', {
      MessageSid: `SM${createHmac('md5', 'sid').update(mark).digest('hex')}`,
      From: `+39348${digits(conversation, 7)}`,
      To: DEMONSTRATION.sms,
      Body: text,
      NumMedia: '0',
      NumSegments: '1',
    });
  }

  /** A call that begins to ring, from a number. Whether it was taken in. */
  rings(from: string): Promise<boolean> {
    return this.told('/voice', {
      CallSid: `CA${createHmac('md5', 'sid').update(from).digest('hex')}`,
      From: from,
      To: DEMONSTRATION.telephone,
      Direction: 'inbound',
      CallStatus: 'ringing',
    });
  }

  private async told(path: string, what: Readonly<Record<string, string>>): Promise<boolean> {
    const url = `${this.system.urls.channels.phone}${path}`;
    const parameters: Readonly<Record<string, string>> = { ...what, AccountSid: DEMONSTRATION.twilioAccount };
    const signed = Object.keys(parameters)
      .sort()
      .reduce((whole, key) => whole + key + parameters[key], url);
    const signature = createHmac('sha1', this.system.secrets.twilioAuthToken).update(signed).digest('base64');
    return yes(
      await post(url, new URLSearchParams(parameters).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature,
      }),
    );
  }
}

class WebformDoor implements Door {
  readonly name = 'webform';
  readonly joins = false;
  constructor(private readonly system: System) {}
  async send({ mark, text }: SentMessage): Promise<boolean> {
    const body = JSON.stringify({
      fields: {
        oggetto: 'Lampione spento',
        descrizione: text,
        luogo: 'Via Roma 12',
        nome: 'Cittadina',
        email: `${mark}@posta.example`,
      },
    });
    return yes(
      await post(`${this.system.urls.channels.webform}/public/forms/segnalazione/submissions`, body, {
        'content-type': 'application/json',
        'idempotency-key': mark,
      }),
    );
  }
}

/** The citizens' doors into a system, one for each channel. */
export const doors = (system: System): readonly Door[] => [
  new LoopbackDoor(system),
  new EmailDoor(system),
  new PhoneDoor(system),
  new WhatsappDoor(system),
  new FacebookDoor(system),
  new WebformDoor(system),
];
