import { randomInt } from 'node:crypto';
import { wordsOf, type Tell } from '../runtime/words.js';
import { DEMONSTRATION } from '../system/services.js';
import { beginning, contactsPerHour, nextAfterMs, type Beginning } from './demand.js';
import type { PhoneCall } from './page/model.js';
import type { Citizen } from './personas.js';
import type { DeskForm } from './webform-desk.js';

/** What the traffic needs of the citizen's side. */
export interface Doors {
  welcome(citizen: Citizen): void;
  does(citizen: Citizen, action: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  /** The last call of a citizen. */
  callOf(citizen: Citizen): PhoneCall | undefined;
}

const NAMES = ['Luca', 'Marta', 'Paolo', 'Irina', 'Samir', 'Elisa', 'Bruno', 'Wei', 'Teresa', 'Ivan', 'Nadia', 'Carlo'];
const SURNAMES = ['Bini', 'Costa', 'Haddad', 'Moro', 'Petrov', 'Russo', 'Sarti', 'Tozzi', 'Valli', 'Zhang'];
/** What somebody wants, and the doors that fit it. */
interface Matter {
  readonly subject: string;
  readonly text: string;
  readonly place?: string;
  readonly form: DeskForm;
  /** Of the choices of the form. */
  readonly category: string;
  /** Account of the mailbox that is written to. */
  readonly mailbox: (typeof DEMONSTRATION.mailboxes)[number]['account'];
  /** Pressed at the menu of the telephone. */
  readonly key: string;
}

/** Each goes to the office that its words ask for, or to the desk that passes it on. */
export const MATTERS: readonly Matter[] = [
  {
    subject: 'Lampione spento',
    text: 'Buongiorno, il lampione davanti a casa è spento da tre sere. Grazie.',
    place: 'Via dei Tigli 12',
    form: 'segnalazione',
    category: 'illuminazione',
    mailbox: 'urp',
    key: '3',
  },
  {
    subject: 'Orari dell’anagrafe',
    text: 'Buongiorno, vorrei sapere gli orari dell’anagrafe per la carta d’identità elettronica.',
    form: 'richiesta-informazioni',
    category: 'carta_identita',
    mailbox: 'urp',
    key: '1',
  },
  {
    subject: 'Cassonetto pieno',
    text: 'Il cassonetto della carta è pieno da una settimana e il vento porta tutto in strada.',
    place: 'Piazza del Mercato',
    form: 'segnalazione',
    category: 'rifiuti',
    mailbox: 'urp',
    key: '0',
  },
  {
    subject: 'TARI: pagamento doppio',
    text: 'Ho pagato due volte la rata di giugno della TARI: come chiedo il rimborso?',
    form: 'richiesta-informazioni',
    category: 'tributi',
    mailbox: 'tributi',
    key: '2',
  },
  {
    subject: 'Buca pericolosa',
    text: 'C’è una buca profonda vicino alla fermata dell’autobus, ieri è caduto un signore.',
    place: 'Viale della Stazione',
    form: 'segnalazione',
    category: 'strade',
    mailbox: 'urp',
    key: '3',
  },
  {
    subject: 'Iscrizione al nido',
    text: 'Quando aprono le iscrizioni al nido comunale? Mia figlia compie un anno a maggio.',
    form: 'richiesta-informazioni',
    category: 'scuola',
    mailbox: 'urp',
    key: '0',
  },
  {
    subject: 'Permesso per trasloco',
    text: 'Devo occupare due posti auto per un trasloco: quale modulo serve e con che anticipo?',
    form: 'richiesta-informazioni',
    category: 'informazioni',
    mailbox: 'urp',
    key: '0',
  },
  {
    subject: 'Ramo caduto nel parco',
    text: 'Un ramo grosso è caduto sul sentiero dei giochi e nessuno lo ha tolto.',
    place: 'Parco Nord',
    form: 'segnalazione',
    category: 'verde',
    mailbox: 'urp',
    key: '0',
  },
];
/** Never more than this, whatever the curve says. */
const FASTEST_MS = 250;
/** The curve is looked at again at least this often. */
const LONGEST_MS = 60_000;
/** Until the menu is said. */
const ANSWER_SECONDS = 20;
/** Until somebody in a queue would rather be called back. */
const WAIT_SECONDS = 45;

const one = <T>(list: readonly T[]): T => list[randomInt(list.length)];
const draw = (): number => randomInt(1_000_000) / 1_000_000;

/** Invented citizens who write and call by themselves, as a day goes, until it is stopped. */
export class Traffic {
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly doors: Doors,
    /** Contacts of a middle day. */
    private readonly perDay: number,
    private readonly tell: Tell,
  ) {}

  start(): void {
    if (this.stopped) return;
    const wait = nextAfterMs(contactsPerHour(new Date(), this.perDay), draw());
    this.timer = setTimeout(
      () => {
        if (wait <= LONGEST_MS) void this.contact();
        this.start();
      },
      Math.min(Math.max(wait, FASTEST_MS), LONGEST_MS),
    );
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async contact(): Promise<void> {
    const [name, surname] = [one(NAMES), one(SURNAMES)];
    const digits = String(randomInt(1_000_000)).padStart(6, '0');
    const citizen: Citizen = {
      id: `traffic${digits}`,
      name: `${name} ${surname}`,
      email: `${name}.${surname}.${digits}@posta.example`.toLowerCase(),
      telephone: `+393480${digits}`,
      psid: `320000000${digits}`,
    };
    this.doors.welcome(citizen);
    const kind = beginning(draw());
    try {
      if (kind === 'call') await this.call(citizen, one(MATTERS), patience(draw()));
      else await this.doors.does(citizen, kind, written(kind, one(MATTERS)));
    } catch (error) {
      if (!this.stopped)
        this.tell(`A citizen could not ${kind}: ${error instanceof Error ? error.message : wordsOf(error)}`);
    }
  }

  /** Every call ends: answered and talked through, with a message, with a place kept for a call back, or given up. */
  private async call(citizen: Citizen, { key, text }: Matter, ends: Patience): Promise<void> {
    const does: Does = (action, body = {}) => this.doors.does(citizen, action, body);
    const until = (state: (call: PhoneCall) => boolean, seconds: number): Promise<boolean> =>
      this.until(() => {
        const call = this.doors.callOf(citizen);
        return call !== undefined && (call.state === 'ended' || state(call));
      }, seconds);
    const lives = (): boolean => !this.stopped && this.doors.callOf(citizen)?.state !== 'ended';
    await does('call');
    await until(call => call.keys || call.listening, ANSWER_SECONDS);
    await this.pause(1 + randomInt(3));
    // At closed hours there is no menu: a message is taken at once.
    if (lives() && this.doors.callOf(citizen)?.keys) await does('press', { keys: ends === 'message' ? '8' : key });
    if (ends === 'given up') await this.pause(1 + randomInt(4));
    else {
      await until(call => call.state === 'talking' || call.listening, WAIT_SECONDS);
      if (lives() && this.doors.callOf(citizen)?.state === 'waiting') await this.askForCall(does, lives);
      else {
        if (lives() && this.doors.callOf(citizen)?.listening) await does('speak', { text });
        await this.pause(8 + randomInt(12));
      }
    }
    if (lives()) await does('hang-up');
  }

  /** Keeps the place in the queue without waiting. */
  private async askForCall(does: Does, lives: () => boolean): Promise<void> {
    for (const keys of ['1', '1#']) {
      if (!lives()) return;
      await does('press', { keys });
      await this.pause(3);
    }
  }

  private async until(holds: () => boolean, seconds: number): Promise<boolean> {
    for (let waited = 0; waited < seconds && !this.stopped; waited += 1) {
      if (holds()) return true;
      await this.pause(1);
    }
    return holds();
  }

  private pause(seconds: number): Promise<void> {
    return new Promise(resolve => setTimeout(resolve, seconds * 1_000));
  }
}

/** One citizen does something. */
type Does = (action: string, body?: Readonly<Record<string, unknown>>) => Promise<void>;

/** How a call is meant: most wait for somebody, some leave a message, few give up. */
type Patience = 'waits' | 'message' | 'given up';
const patience = (drawn: number): Patience => (drawn < 0.75 ? 'waits' : drawn < 0.97 ? 'message' : 'given up');

/** What is written of a matter, at the door that fits it. */
export function written(kind: Exclude<Beginning, 'call'>, matter: Matter): Readonly<Record<string, unknown>> {
  const { subject, text, place, form, category, mailbox } = matter;
  switch (kind) {
    case 'email':
      return { to: DEMONSTRATION.mailboxes.find(({ account }) => account === mailbox)?.address, subject, text };
    case 'webform':
      return { form, category, subject, description: text, ...(place ? { place } : {}) };
    case 'whatsapp':
    case 'messenger':
      return { text };
  }
}
