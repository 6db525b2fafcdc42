import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENDED_STATES, MAILBOX } from '@filodiretto/contracts/model';
import { actsFor, withArticle, type Absence, type Command } from '@filodiretto/domain';
import { faultPoint, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { isConflict } from '../faults.js';
import { Jobs } from '../job/jobs.js';
import { dayOf } from '../letter/matter.js';
import { OfficeLetters } from '../letter/office-letters.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { isRefused } from '../refused.js';

const EVERY_MS = 1_000;
/** Cases locked and changed at a time. */
const AT_ONCE = 500;
/** Cases that the letter names, one by one. */
const NAMED = 100;
/** An absence whose work cannot be handed over waits this long; the others do not wait for it. */
const AFTER_TROUBLE = '5 minutes';
const BACK_TO_THE_QUEUE = 'Chi l’aveva è assente e nessuno lo sostituisce: torna nella coda';

interface Begun {
  readonly id: string;
  readonly administration_id: string;
  readonly operator_id: string;
  readonly name: string;
  readonly to_at: Date;
}
interface Given {
  readonly number: string;
  readonly subject: string;
  readonly dueDate: string | null;
}

/**
 * What somebody who becomes absent has in hand goes to whoever stands in for them or, when nobody does, back to the queue. Each
 * absence once, by whichever process sees it first; when it ends, nothing is moved back by itself.
 */
@Injectable()
export class StandingIn implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({
      name: 'absence.watch',
      run: () => this.watch(),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Hands over the work of everybody whose absence has begun by now. */
  async watch(): Promise<void> {
    for (;;) {
      const due: { id: string }[] = await this.dataSource.query(
        'select id from absence where begins_at <= $1 order by begins_at, id limit 50',
        [this.clock.now()],
      );
      let begun = 0;
      for (const { id } of due) begun += await this.beginOne(id);
      if (begun === 0) return;
      this.relay.nudge();
    }
  }

  private async beginOne(id: string): Promise<number> {
    try {
      const begun = await this.dataSource.transaction(manager => this.begin(manager, id));
      faultPoint('absence.after-commit');
      return begun;
    } catch (fault) {
      if (isConflict(fault)) return 1;
      await this.dataSource.query(
        `update absence set begins_at = $2::timestamptz + interval '${AFTER_TROUBLE}' where id = $1 and begins_at <= $2`,
        [id, this.clock.now()],
      );
      this.log.error({ absence: id, err: fault }, 'the work of somebody absent cannot be handed over');
      return 0;
    }
  }

  /** One absence, unless another process has it in hand. Gives 1 when it has begun here. */
  private async begin(manager: EntityManager, id: string): Promise<number> {
    const now = this.clock.now();
    // Whoever takes work at this moment holds the row too: it is waited for, and what they took is seen.
    const [absence]: Begun[] = await manager.query(
      `select a.id, a.administration_id, a.operator_id, p.name, a.to_at from absence a join operator p on p.id = a.operator_id
       where a.id = $1 and a.begins_at <= $2 for update of a skip locked`,
      [id, now],
    );
    if (!absence) return 0;
    await manager.query('update absence set begins_at = null where id = $1', [id]);
    if (absence.to_at <= now) return 1;
    const substitute = await standsInFor(manager, absence, now);
    const given = await this.handOver(manager, absence, substitute);
    if (substitute && given.length > 0) await this.tell(manager, absence, substitute, given);
    faultPoint('absence.before-commit');
    return 1;
  }

  private async handOver(manager: EntityManager, absence: Begun, substitute: string | null): Promise<Given[]> {
    const given: Given[] = [];
    for (let after: string | null = null; ;) {
      const rows: { id: string }[] = await manager.query(
        `select id from case_file where administration_id = $1 and assignee_id = $2 and state <> all($3)
           and ($4::uuid is null or id > $4) order by id limit ${AT_ONCE}`,
        [absence.administration_id, absence.operator_id, ENDED_STATES, after],
      );
      const pages = await this.ledger.open(
        manager,
        rows.map(({ id }) => id),
      );
      for (const { id } of rows) {
        const file = pages.caseFile(id);
        if (file?.assigneeId !== absence.operator_id) continue;
        const command = commandFor(file, absence, substitute);
        if (!command) continue;
        const changed = pages.apply({ caseId: id, commands: [command], cause: `absence:${absence.id}` });
        if (isRefused(changed))
          this.log.warn({ case: id, because: changed.detail }, 'a case of somebody absent stays theirs');
        else if (changed.version > file.version) given.push(file);
      }
      await pages.write();
      const last = rows.at(-1);
      if (!last || rows.length < AT_ONCE) return given;
      after = last.id;
    }
  }

  /** One letter, about all of it. */
  private async tell(
    manager: EntityManager,
    absence: Begun,
    substitute: string,
    given: readonly Given[],
  ): Promise<void> {
    const [person]: { name: string; email: string | null }[] = await manager.query(
      'select name, email from operator where id = $1',
      [substitute],
    );
    // Whoever reads a mailbox of ours works where cases are.
    if (!person?.email || this.channels.isOurs({ kind: MAILBOX, value: person.email })) return;
    await this.letters.write(manager, {
      administrationId: absence.administration_id,
      to: { operator: substitute },
      kind: 'substitution',
      subject: `Sostituisce ${absence.name}: ${given.length === 1 ? 'una pratica' : `${given.length} pratiche`}`,
      text: substitutionWords(person.name, absence, given),
      cause: `absence:${absence.id}`,
    });
  }
}

/** What becomes of a case of somebody absent; nothing while others must act and nobody stands in: there is nothing to do in it. */
function commandFor(
  { state, officeId }: { readonly state: string; readonly officeId: string | null },
  absence: Begun,
  substitute: string | null,
): Command | undefined {
  const by = { kind: 'system' } as const;
  if (substitute !== null)
    return { name: 'substitute', operator: absence.operator_id, substitute, absence: absence.id, by };
  return officeId !== null && (state === 'assigned' || state === 'in_charge')
    ? { name: 'assign', office: officeId, assignee: null, why: BACK_TO_THE_QUEUE, by }
    : undefined;
}

/** Whoever stands in for somebody absent and is there; null: nobody. */
async function standsInFor(
  manager: EntityManager,
  { administration_id: administration, operator_id: operator }: Begun,
  now: Date,
): Promise<string | null> {
  const absences: Absence[] = await manager.query(
    `select operator_id as operator, substitute_id as substitute, (extract(epoch from from_at) * 1000)::float8 as "from",
       (extract(epoch from to_at) * 1000)::float8 as "to"
     from absence where administration_id = $1 and from_at <= $2 and to_at > $2`,
    [administration, now],
  );
  const active: { id: string }[] = await manager.query(
    'select id from operator where administration_id = $1 and id = any($2::uuid[]) and active',
    [administration, absences.flatMap(one => [one.operator, ...(one.substitute === null ? [] : [one.substitute])])],
  );
  const found = actsFor({ absences, active: new Set(active.map(({ id }) => id)) }, operator, now.getTime());
  return found === operator ? null : found;
}

const substitutionWords = (name: string, absence: Begun, given: readonly Given[]): string =>
  [
    `${name},`,
    `${absence.name} è assente fino al ${dayOf(new Date(absence.to_at.getTime() - 1))} e tu ne prendi il posto. Queste pratiche sono ora tue, come stanno:`,
    '',
    ...given
      .slice(0, NAMED)
      .map(
        ({ number, subject, dueDate }) =>
          `- ${number}: ${subject}${dueDate === null ? '' : ` (entro ${withArticle(dayOf(dueDate))})`}`,
      ),
    ...(given.length > NAMED ? [`- e altre ${given.length - NAMED}`] : []),
    '',
    'Alla fine dell’assenza non tornano indietro da sole: chi vuole le riassegna.',
  ].join('\n');
