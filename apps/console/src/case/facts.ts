import type { TFunction } from 'i18next';
import type { Schemas } from '../api/client.js';
import { day, term } from '../i18n/format.js';
import { it } from '../i18n/it.js';

type Entry = Schemas['JournalEntryView'];

/** How ids of the journal are called. */
export interface Names {
  readonly office: (id: string) => string | undefined;
  readonly operator: (id: string) => string | undefined;
}

const has = <T extends object>(object: T, key: string): key is string & keyof T => Object.hasOwn(object, key);

/** What a fact says, for people: «ha passato la pratica a Viabilità, Anna Bruni». */
export function factWords(t: TFunction, { fact, data }: Entry, names: Names): string {
  const text = (key: string): string => (typeof data[key] === 'string' ? data[key] : '');
  const nameOf = (look: (id: string) => string | undefined, key: string): string | undefined =>
    text(key) === '' ? undefined : look(text(key));
  const to = [nameOf(names.office, 'office'), nameOf(names.operator, 'assignee')].filter(Boolean).join(', ');
  const outcome = text('outcome');
  const reason = text('reason');
  const clock = text('clock');
  const priority = text('to');
  const kind = text('to');
  const date = text('dueDate') || text('plannedDate');
  const dueAt = text('dueAt');
  return t(`fact.${fact}`, {
    to: to || '…',
    basis: text('legalBasis'),
    date: date === '' ? '' : day(date),
    until: dueAt === '' ? '' : term(dueAt),
    outcome: has(it.outcome, outcome) ? t(`outcome.${outcome}`) : outcome,
    reason: has(it.rejectReason, reason) ? t(`rejectReason.${reason}`) : reason,
    clock: has(it.clock, clock) ? t(`clock.${clock}`) : clock,
    priority: has(it.priority, priority) ? t(`priority.${priority}`) : priority,
    kind: has(it.kind, kind) ? t(`kind.${kind}`) : kind,
  });
}

/** Why somebody did it, where they said so in words. */
export function reasonOf({ fact, data }: Entry): string | undefined {
  if (fact === 'rejected') return undefined;
  const { reason, why } = data;
  if (typeof reason === 'string' && reason !== '') return reason;
  // «category:lighting» is the rule that decided, not words of anybody.
  return typeof why === 'string' && why !== '' && !/^\w+:/.test(why) ? why : undefined;
}
