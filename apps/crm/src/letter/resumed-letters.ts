import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { MAILBOX } from '@filodiretto/contracts/model';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import { Ledger, type Following, type LedgerPages, type Written } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import { holdersOf, toHolder } from './holder.js';
import { dayOf } from './matter.js';
import { OfficeLetters, type Letter } from './office-letters.js';

/**
 * Writes to the office that has a case, and no person of it by name, what the citizen answered to what was asked: the case is in
 * no queue, and nobody of the office may ever log in. In the transaction that takes the message in.
 */
@Injectable()
export class ResumedLetters implements OnModuleInit {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  onModuleInit(): void {
    this.ledger.follow('letters of answers', (manager, written, pages) => this.follow(manager, written, pages));
  }

  private async follow(manager: EntityManager, written: readonly Written[], pages: LedgerPages): Promise<Following> {
    const resumed = written.flatMap(({ caseFile, events }) => {
      const message = events.findLast(one => one.fact === 'resumed')?.data.message ?? null;
      const isOffices = caseFile.state === 'in_charge' && caseFile.assigneeId === null;
      return message !== null && isOffices ? [{ caseFile, byOperator: null, message }] : [];
    });
    if (resumed.length === 0) return undefined;
    const holders = await holdersOf(manager, resumed);
    const letters = resumed.flatMap(({ caseFile, message }): Letter[] => {
      const holder = holders.get(caseFile.id);
      if (!holder?.wants || holder.email === null) return [];
      if (this.channels.isOurs({ kind: MAILBOX, value: holder.email })) return [];
      const { words = [], files = [] } = pages.heard(message) ?? {};
      return [
        {
          administrationId: caseFile.administrationId,
          to: toHolder(holder, caseFile),
          caseId: caseFile.id,
          kind: 'citizen_answer',
          subject: `Risposta del cittadino: ${caseFile.subject}`,
          text: answerWords(holder.name, caseFile, words),
          files,
          actions: ['resolve', 'extend', 'refuseCompetence', 'askCitizen'],
          cause: null,
        },
      ];
    });
    if (letters.length === 0) return undefined;
    const sheaf = await this.letters.prepare(manager, pages, letters);
    return async () => void (await sheaf.store());
  }
}

const answerWords = (name: string, { number, dueDate }: CaseFile, words: readonly string[]): string =>
  [
    `${name},`,
    `il cittadino ha risposto a quello che gli avete chiesto per la pratica n. ${number}, che è di nuovo in carico a voi.`,
    ...(dueDate === null ? [] : [`Risposta entro il: ${dayOf(dueDate)}`]),
    ...(words.length === 0
      ? []
      : [
          '',
          'Che cosa ha scritto:',
          '',
          ...words
            .join('\n\n')
            .split('\n')
            .map(line => `> ${line}`),
        ]),
    '',
    'Potete rispondere a questo messaggio: la risposta arriva a chi segue la pratica, non al cittadino.',
  ].join('\n');
