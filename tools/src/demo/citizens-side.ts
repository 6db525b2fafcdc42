import { randomUUID } from 'node:crypto';
import type { ChatMessage, PageMessage, ReceivedMail, Saying } from '@filodiretto/simulators';
import type { Providers } from '../system/providers.js';
import { DEMONSTRATION, type Surroundings } from '../system/services.js';
import type { CitizenSide, Line, PhoneCall } from './page/model.js';
import { PERSONAS, type Citizen } from './personas.js';
import { DESK_FORMS, WebformDesk } from './webform-desk.js';
import { WrongRequest } from './wrong-request.js';
import { Telephone } from './telephone.js';

type Body = Readonly<Record<string, unknown>>;

const KEPT_LINES = 200;
/** The photographs that the messenger carries, and how their bytes begin. */
const PHOTOGRAPHS = [
  { mediaType: 'image/jpeg', starts: Buffer.from([0xff, 0xd8, 0xff]) },
  { mediaType: 'image/png', starts: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
] as const;

/** What invented citizens do and see, through the doubles of their providers. */
export class CitizensSide {
  private readonly written = new Map<string, Line[]>();
  private readonly webform: WebformDesk;
  private readonly telephone: Telephone;

  constructor(
    around: Surroundings,
    private readonly providers: Providers,
  ) {
    this.webform = new WebformDesk(around);
    this.telephone = new Telephone(providers.twilio);
    for (const one of PERSONAS) this.welcome(one);
  }

  /** Makes a citizen known to the providers. */
  welcome(citizen: Citizen): void {
    this.providers.meta.whatsapp.meet({ name: citizen.name, waId: citizen.telephone.replace('+', ''), bsuid: '' });
    this.providers.meta.pages.meet({ name: citizen.name, psid: citizen.psid });
    this.telephone.welcome(citizen);
  }

  /** All that a citizen sees now. Throws `WrongRequest` when there is no such citizen. */
  async of(id: string): Promise<CitizenSide> {
    const citizen = found(id);
    const call = this.telephone.call(citizen);
    return {
      email: latest([...(this.written.get(id) ?? []), ...this.providers.mail.mails(citizen.email).map(mailLine)]),
      whatsapp: latest(this.providers.meta.whatsapp.conversation(citizen.telephone.replace('+', '')).map(chatLine)),
      messenger: latest(this.providers.meta.pages.conversation(citizen.psid).map(pageLine)),
      webform: latest(this.webform.of(id)),
      sms: latest(this.telephone.texts(citizen)),
      ...(call ? { call } : {}),
    };
  }

  /** A citizen of the page does something. Throws `WrongRequest`, in the citizen's words, when it cannot be done. */
  act(id: string, action: string, body: Body): Promise<void> {
    return this.does(found(id), action, body);
  }

  /** Any citizen does something, once they are welcome. */
  async does(citizen: Citizen, action: string, body: Body): Promise<void> {
    switch (action) {
      case 'email':
        return this.writeMail(citizen, body);
      case 'whatsapp':
        this.providers.meta.whatsapp.say(citizen.telephone.replace('+', ''), chatSaying(body));
        return;
      case 'messenger':
        this.providers.meta.pages.say(citizen.psid, { text: text(body, 'text') });
        return;
      case 'webform':
        return this.webform.submit(citizen, {
          form: DESK_FORMS.find(form => form === body.form) ?? 'segnalazione',
          category: text(body, 'category', 100, ''),
          subject: text(body, 'subject', 200),
          description: text(body, 'description'),
          place: text(body, 'place', 200, ''),
        });
      case 'sms':
        return this.telephone.write(citizen, text(body, 'text', 1_000));
      case 'call':
        return this.telephone.place(citizen);
      case 'press':
        return this.telephone.press(citizen, text(body, 'keys', 20));
      case 'speak':
        return this.telephone.speak(citizen, text(body, 'text', 1_000));
      case 'hang-up':
        return this.telephone.hangUp(citizen);
      default:
        throw new WrongRequest('Non si può.');
    }
  }

  /** The last call of any citizen, made or received. */
  callOf(citizen: Citizen): PhoneCall | undefined {
    return this.telephone.call(citizen);
  }

  private async writeMail(citizen: Citizen, body: Body): Promise<void> {
    const answered = this.providers.mail.mails(citizen.email).find(mail => mail.id === body.answers);
    const to = answered ? (answered.replyTo[0] ?? answered.from) : text(body, 'to', 320);
    const address = /<([^<>]+)>/.exec(to)?.[1] ?? to;
    if (!address.endsWith(`@${DEMONSTRATION.domain}`))
      throw new WrongRequest('Qui si scrive solo all’amministrazione.');
    const subject = text(body, 'subject', 300, answered ? answering(answered.subject) : undefined);
    const words = text(body, 'text');
    const messageId = `<${randomUUID()}@posta.example>`;
    await this.providers.mail.send({
      from: `${citizen.name} <${citizen.email}>`,
      to: address,
      subject,
      text: answered ? `${words}\n\n${quoted(answered)}` : words,
      messageId,
      ...(answered
        ? {
            inReplyTo: answered.messageId,
            references: [...answered.references.split(/\s+/).filter(Boolean), answered.messageId],
          }
        : {}),
    });
    const lines = this.written.get(citizen.id) ?? [];
    lines.push({ id: messageId, at: new Date().toISOString(), by: 'citizen', subject, text: words, address });
    this.written.set(citizen.id, lines.slice(-KEPT_LINES));
  }
}

function found(id: string): Citizen {
  const citizen = PERSONAS.find(one => one.id === id);
  if (!citizen) throw new WrongRequest('Questa persona non c’è.');
  return citizen;
}

/** Words, or a photograph in base64 with words under it. */
function chatSaying(body: Body): Saying {
  if (body.photo === undefined) return { text: text(body, 'text') };
  const bytes = typeof body.photo === 'string' ? Buffer.from(body.photo, 'base64') : Buffer.alloc(0);
  const known = PHOTOGRAPHS.find(({ starts }) => bytes.subarray(0, starts.length).equals(starts));
  if (!known) throw new WrongRequest('La foto deve essere JPEG o PNG, in base64.');
  const caption = text(body, 'text', 1_024, '');
  return { media: 'image', bytes, mediaType: known.mediaType, ...(caption ? { caption } : {}) };
}

function text(body: Body, name: string, max = 10_000, otherwise?: string): string {
  const value = body[name];
  const words = typeof value === 'string' ? value.trim() : '';
  if (words.length > max) throw new WrongRequest(`Troppo lungo: al massimo ${max} caratteri.`);
  if (words !== '') return words;
  if (otherwise === undefined) throw new WrongRequest('Manca il testo.');
  return otherwise;
}

const latest = (lines: readonly Line[]): Line[] =>
  [...lines].sort((one, other) => one.at.localeCompare(other.at)).slice(-KEPT_LINES);

const answering = (subject: string): string => (/^re:/i.test(subject) ? subject : `Re: ${subject}`);

const quoted = ({ at, from, text: words }: ReceivedMail): string =>
  `Il giorno ${new Date(at).toLocaleString('it-IT')}, ${from} ha scritto:\n${words
    .trimEnd()
    .split('\n')
    .map(line => `> ${line}`)
    .join('\n')}`;

const mailLine = (mail: ReceivedMail): Line => ({
  id: mail.id,
  at: mail.at,
  by: 'administration',
  subject: mail.subject,
  text: mail.text.trim(),
  address: mail.from,
  ...(mail.attachments.length > 0
    ? { note: `Allegati: ${mail.attachments.map(file => file.filename || 'senza nome').join(', ')}` }
    : {}),
});

const STATES: Readonly<Record<string, string>> = {
  accepted: 'in viaggio',
  sent: 'spedito',
  delivered: 'consegnato',
  read: 'letto',
  failed: 'non consegnato',
};

const chatLine = (message: ChatMessage): Line => ({
  id: message.id,
  at: message.at,
  by: message.direction === 'in' ? 'citizen' : 'administration',
  text: wordsIn(message.type, message.body, message.template),
  ...(message.direction === 'out' ? { note: STATES[message.state] ?? message.state } : {}),
});

function wordsIn(type: string, body: unknown, template: string | undefined): string {
  const said = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const words = [said.body, said.caption, said.name, said.filename].find(
    value => typeof value === 'string' && value !== '',
  );
  if (template !== undefined) return `[modello ${template}]`;
  return typeof words === 'string' ? words : `[${type}]`;
}

const pageLine = (message: PageMessage): Line => ({
  id: message.mid,
  at: message.at,
  by: message.direction === 'in' ? 'citizen' : 'administration',
  text: message.text ?? `[${message.attachment?.type ?? 'allegato'}]`,
  ...(message.direction === 'out' ? { note: STATES[message.state] ?? message.state } : {}),
});
