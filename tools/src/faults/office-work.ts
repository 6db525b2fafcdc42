import { randomUUID } from 'node:crypto';
import type { CaseSummary, JournalEntryView, JournalView, OfficeList } from '@filodiretto/contracts';
import { Core } from '../load/core.js';
import { Traffic } from '../load/traffic.js';
import { pause } from '../runtime/program.js';
import { CannotGoOn } from '../runtime/words.js';
import type { FaultResult, Laboratory } from './laboratory.js';

const PATIENCE_SECONDS = 90;
/** However slowly a machine does it. */
const LONGEST_SECONDS = 600;
/** How long the core may take to come to the place where it kills itself, however busy the machine: waited for only where it does not. */
const REACHED_MS = 60_000;

/** A mail that left the system, as the provider's double has it. */
export interface LeftMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
}

/** What staff do in a fault: one office's people, cases that citizens opened, and what both sides were told. */
export class OfficeWork {
  private constructor(
    readonly laboratory: Laboratory,
    readonly label: string,
    /** As citizens' messages were taken in. */
    readonly taken: FaultResult,
    /** Cases that citizens opened for this fault, each by another. */
    readonly cases: readonly CaseSummary[],
  ) {}

  /** So many citizens write, each once and of a matter of their own; all are taken in before anything else happens. */
  static async begin(laboratory: Laboratory, label: string, citizens: number): Promise<OfficeWork> {
    const since = new Date().toISOString();
    const traffic = new Traffic(label);
    await Promise.all(
      Array.from({ length: citizens }, () => traffic.say(laboratory.loopback, traffic.message(randomUUID(), 0))),
    );
    const taken = await laboratory.result(label, since, traffic, new Map());
    const marks = traffic.accepted.map(message => message.mark);
    const cases: CaseSummary[] = [];
    for (const one of await laboratory.core.cases(since)) {
      const words = JSON.stringify((await laboratory.core.case(one.id)).timeline);
      if (marks.some(mark => words.includes(mark))) cases.push(one);
    }
    return new OfficeWork(laboratory, label, taken, cases);
  }

  /** The API as an operator of the demonstration uses it. */
  as(name: string): Core {
    const { operators } = this.laboratory.system;
    const found = operators.find(one => one.name === name);
    if (!found) throw new CannotGoOn(`The demonstration has no ${name}.`);
    return new Core(this.laboratory.system.urls.crm, found.token);
  }

  async office(name: string): Promise<string> {
    const { items } = await this.as(REFERENT).get<OfficeList>('/api/offices');
    const found = items.find(one => one.name === name);
    if (!found) throw new CannotGoOn(`The demonstration has no office ${name}.`);
    return found.id;
  }

  /** Gives every case to an office, as the referent does. */
  async assign(office: string): Promise<void> {
    const id = await this.office(office);
    for (const one of this.cases) await this.move(one.id, { command: 'assign', office: id, reason: 'Competenza' });
  }

  async move(id: string, asked: object): Promise<void> {
    const core = this.as(REFERENT);
    await patiently(async () => {
      const { version } = await core.case(id);
      await core.post(`/api/cases/${id}/transitions`, asked, { 'if-match': `"${version}"` });
    });
  }

  async change(id: string, asked: object): Promise<void> {
    const core = this.as(REFERENT);
    await patiently(async () => {
      const { version } = await core.case(id);
      await core.patch(`/api/cases/${id}`, asked, version);
    });
  }

  async facts(id: string): Promise<JournalEntryView[]> {
    return (await this.laboratory.core.get<JournalView>(`/api/cases/${id}/journal`)).items;
  }

  /** The cases to which a fact happened, once for each time. */
  async happened(is: (fact: JournalEntryView) => boolean): Promise<string[]> {
    const all = await Promise.all(
      this.cases.map(async one => (await this.facts(one.id)).filter(is).map(() => one.number)),
    );
    return all.flat();
  }

  /** What citizens were told by the loopback that has some words in it: the number of the case that each names. */
  async told(words: string): Promise<string[]> {
    const url = `${this.laboratory.system.urls.channels.loopback}/outbox`;
    const { items } = (await (await fetch(url)).json()) as { items: { text: string }[] };
    const numbers = this.cases.map(one => one.number);
    return items
      .filter(item => item.text.includes(words))
      .map(item => numbers.find(number => item.text.includes(number)) ?? 'another');
  }

  /** The mails that left and name a case, oldest first. */
  async mails(number: string): Promise<LeftMail[]> {
    const url = `${this.laboratory.system.urls.simulators.mail.http}/_control/mails`;
    const mails = (await (await fetch(url)).json()) as LeftMail[];
    return mails.filter(mail => `${mail.subject}\n${mail.text}`.includes(number));
  }

  /** The core kills itself at a place, each time after passing it so often; `meanwhile` is what makes it pass there. */
  async dying(place: string, passes: readonly number[], meanwhile: (time: number) => Promise<void>): Promise<void> {
    const before = this.laboratory.deaths;
    for (const [time, pass] of passes.entries()) {
      await this.laboratory.arm('crm', `${place}#${pass}`);
      const deaths = this.laboratory.deaths;
      await meanwhile(time);
      for (const until = Date.now() + REACHED_MS; this.laboratory.deaths === deaths && Date.now() < until;)
        await pause(100);
      await this.laboratory.settled();
    }
    if (this.laboratory.deaths === before) throw new Error(`${place} was never reached: nothing is proven`);
  }
}

export const REFERENT = 'Chiara Lodi';

/** Does something until it succeeds: the core may be away. Throws the last failure when the time is over. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + PATIENCE_SECONDS * 1_000; ; await pause(300))
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
}

/** Looks until what is seen is enough, or did not change for so long, or changes for ever. Gives what was seen last. */
export async function seenAfter<T>(look: () => Promise<T>, enough: (seen: T) => boolean): Promise<T> {
  const until = Date.now() + LONGEST_SECONDS * 1_000;
  for (let before = '', since = Date.now(); ; await pause(500)) {
    const seen = await patiently(look);
    const now = JSON.stringify(seen);
    if (now !== before) since = Date.now();
    before = now;
    if (enough(seen) || Date.now() > Math.min(until, since + PATIENCE_SECONDS * 1_000)) return seen;
  }
}
