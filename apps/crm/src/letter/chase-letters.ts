import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { MAILBOX } from '@filodiretto/contracts/model';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import { Ledger, type Following, type LedgerPages, type Written } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import { isRefused } from '../refused.js';
import { holdersOf, toHolder, type Holder } from './holder.js';
import { dayOf } from './matter.js';
import { OfficeLetters, type Letter } from './office-letters.js';

/** Urges who holds a case about which its citizen asks again, in the transaction that takes the message in. */
@Injectable()
export class ChaseLetters implements OnModuleInit {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  onModuleInit(): void {
    this.ledger.follow('letters of chases', (manager, written, pages) => this.follow(manager, written, pages));
  }

  private async follow(manager: EntityManager, written: readonly Written[], pages: LedgerPages): Promise<Following> {
    const chased = written.flatMap(({ caseFile, events }) => {
      const event = events.findLast(one => one.fact === 'chased');
      const note = events.flatMap(one => (one.fact === 'note_added' ? [one.data.note] : [])).at(-1);
      const by = pages.facts().findLast(one => one.caseId === caseFile.id && one.fact === 'chased');
      const byOperator = by?.actorKind === 'operator' ? by.actorId : null;
      return event?.fact === 'chased'
        ? [{ caseFile, byOperator, data: event.data, said: event.data.message ?? note }]
        : [];
    });
    if (chased.length === 0) return undefined;
    const holders = await holdersOf(manager, chased);
    const letters: Letter[] = [];
    for (const { caseFile, byOperator, data, said } of chased) {
      const holder = holders.get(caseFile.id);
      if (!holder) continue;
      const reminded = pages.apply({
        caseId: caseFile.id,
        cause: null,
        commands: [
          {
            name: 'remind',
            clock: null,
            because: 'chase',
            to: 'assignee',
            operators: caseFile.assigneeId === null ? [] : [caseFile.assigneeId],
            office: caseFile.officeId,
            by: { kind: 'system' },
          },
        ],
      });
      if (isRefused(reminded)) throw new Error(`the case refused a reminder: ${reminded.detail}`);
      const ours = holder.email !== null && this.channels.isOurs({ kind: MAILBOX, value: holder.email });
      if (!holder.wants || ours || knows(holder, caseFile, byOperator)) continue;
      const words = said === undefined ? [] : (pages.heard(said)?.words ?? []);
      letters.push({
        administrationId: caseFile.administrationId,
        to: toHolder(holder, caseFile),
        caseId: caseFile.id,
        kind: 'chase',
        subject: `Sollecito del cittadino: ${caseFile.subject}`,
        text: chaseWords(holder.name, caseFile, data, words),
        actions: ACTIONS[caseFile.state] ?? [],
        cause: null,
      });
    }
    if (letters.length === 0) return undefined;
    const sheaf = await this.letters.prepare(manager, pages, letters);
    return async () => void (await sheaf.store());
  }
}

/** Whoever registers that the citizen asked again need not be told, when it is theirs. */
const knows = (holder: Holder, { assigneeId }: CaseFile, byOperator: string | null): boolean =>
  byOperator !== null && (assigneeId === null ? holder.asked_by_member : assigneeId === byOperator);

const ACTIONS: Readonly<Partial<Record<CaseFile['state'], Letter['actions']>>> = {
  assigned: ['takeCharge', 'resolve', 'refuseCompetence'],
  in_charge: ['resolve', 'extend', 'refuseCompetence', 'askCitizen'],
  scheduled: ['resolve', 'extend', 'askCitizen'],
  waiting_third: ['resolve', 'extend'],
};

const chaseWords = (
  name: string,
  { number, dueDate }: CaseFile,
  { chases, because, message }: { readonly chases: number; readonly because: string; readonly message: string | null },
  words: readonly string[],
): string =>
  [
    `${name},`,
    `il cittadino chiede notizie della pratica n. ${number}${chases > 1 ? `, per la ${chases}ª volta` : ''}.`,
    ...(because === 'late' ? ['Un termine della pratica è scaduto.'] : []),
    ...(dueDate === null ? [] : [`Risposta entro il: ${dayOf(dueDate)}`]),
    ...(words.length === 0
      ? []
      : [
          '',
          `Che cosa ha ${message === null ? 'detto' : 'scritto'}:`,
          '',
          ...words
            .join('\n\n')
            .split('\n')
            .map(line => `> ${line}`),
        ]),
  ].join('\n');
