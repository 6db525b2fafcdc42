import { randomInt } from 'node:crypto';
import { wordsOf, type Tell } from '../runtime/words.js';
import { DEMONSTRATION } from '../system/services.js';
import { beginning, contactsPerHour, nextAfterMs, type Beginning } from './demand.js';
import type { Citizen } from './personas.js';

/** What the traffic needs of the citizen's side. */
export interface Doors {
  welcome(citizen: Citizen): void;
  does(citizen: Citizen, action: string, body: Readonly<Record<string, unknown>>): Promise<void>;
}

const NAMES = ['Luca', 'Marta', 'Paolo', 'Irina', 'Samir', 'Elisa', 'Bruno', 'Wei', 'Teresa', 'Ivan', 'Nadia', 'Carlo'];
const SURNAMES = ['Bini', 'Costa', 'Haddad', 'Moro', 'Petrov', 'Russo', 'Sarti', 'Tozzi', 'Valli', 'Zhang'];
const MATTERS: readonly (readonly [subject: string, text: string, place: string])[] = [
  ['Lampione spento', 'Buongiorno, il lampione davanti a casa è spento da tre sere. Grazie.', 'Via dei Tigli 12'],
  ['Orari dell’anagrafe', 'Buongiorno, vorrei sapere gli orari dell’anagrafe per la carta d’identità elettronica.', ''],
  [
    'Cassonetto pieno',
    'Il cassonetto della carta è pieno da una settimana e il vento porta tutto in strada.',
    'Piazza del Mercato',
  ],
  ['TARI: pagamento doppio', 'Ho pagato due volte la rata di giugno della TARI: come chiedo il rimborso?', ''],
  [
    'Buca pericolosa',
    'C’è una buca profonda vicino alla fermata dell’autobus, ieri è caduto un signore.',
    'Viale della Stazione',
  ],
  ['Iscrizione al nido', 'Quando aprono le iscrizioni al nido comunale? Mia figlia compie un anno a maggio.', ''],
  [
    'Permesso per trasloco',
    'Devo occupare due posti auto per un trasloco: quale modulo serve e con che anticipo?',
    'Via Garibaldi 3',
  ],
  ['Ramo caduto nel parco', 'Un ramo grosso è caduto sul sentiero dei giochi e nessuno lo ha tolto.', 'Parco Nord'],
];
/** Never more than this, whatever the curve says. */
const FASTEST_MS = 250;
/** The curve is looked at again at least this often. */
const LONGEST_MS = 60_000;

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
      for (const [action, body] of this.steps(kind)) {
        if (this.stopped) return;
        await this.doors.does(citizen, action, body);
        await new Promise(resolve => setTimeout(resolve, 1_000 + randomInt(4_000)));
      }
    } catch (error) {
      if (!this.stopped)
        this.tell(`A citizen could not ${kind}: ${error instanceof Error ? error.message : wordsOf(error)}`);
    }
  }

  private steps(kind: Beginning): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
    const [subject, text, place] = one(MATTERS);
    switch (kind) {
      case 'call':
        return [
          ['call', {}],
          ['press', { keys: String(1 + randomInt(3)) }],
          ['hang-up', {}],
        ];
      case 'email':
        return [['email', { to: one(DEMONSTRATION.mailboxes).address, subject, text }]];
      case 'webform':
        return [['webform', { subject, description: text, ...(place ? { place } : {}) }]];
      case 'whatsapp':
      case 'messenger':
        return [[kind, { text }]];
    }
  }
}
