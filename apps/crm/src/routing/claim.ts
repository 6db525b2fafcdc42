import { faultPoint } from '@filodiretto/platform';
import { needAt, obstacle, withWork, type Answerer, type Matched } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Ledger } from '../case/ledger.js';
import { prepared } from '../prepared.js';
import { announce } from './offer-rows.js';
import { answererOf, ANSWERERS, type AnswererRow } from './rows.js';
import type { OfferingQueue } from './waiting.js';

/** An offer that was made, with what must be known to accept it at once. */
export interface MadeOffer {
  readonly id: string;
  readonly operator: string;
  readonly queue: OfferingQueue;
}
export interface Made {
  readonly offers: readonly MadeOffer[];
  /** Somebody else held what was wanted: there may be more to do at once. */
  readonly again: boolean;
}

/** What the engine chose, of which queue. */
export interface Chosen extends Matched {
  readonly queue: OfferingQueue;
}

interface NewOffer {
  readonly queue: OfferingQueue;
  readonly id: string;
  readonly work_item_id: string;
  readonly case_id: string;
  readonly operator_id: string;
  readonly shared: boolean;
  readonly explanation: object;
  readonly sentence: string;
}

/** Locks the operators, looks again at what is true now, and writes what still holds. */
export async function claim(
  manager: EntityManager,
  ledger: Ledger,
  matched: readonly Chosen[],
  cases: ReadonlyMap<string, string>,
): Promise<Made> {
  if (matched.length === 0) return { offers: [], again: false };
  const { rows } = await prepared<AnswererRow>(
    manager,
    `${ANSWERERS} where p.operator_id = any($1::uuid[]) order by p.operator_id for no key update of p skip locked`,
    [[...new Set(matched.flatMap(one => one.operators))]],
  );
  const operators = new Map(rows.map(row => [row.operator_id, { row, now: answererOf(row), given: 0 }]));
  const at = rows[0]?.now ?? 0;
  const offers: NewOffer[] = [];
  let refused = 0;
  for (const { work, operators: chosen, explanation, queue } of matched) {
    const need = needAt(work, queue.settings.rings, (at - work.virtualStart) / 1_000);
    for (const id of chosen) {
      const operator = operators.get(id);
      if (!operator || obstacle(work, need, operator.now, at) !== null) {
        refused += 1;
        continue;
      }
      operator.now = withWork(operator.now, work, at);
      operator.given += work.weight;
      const { sentence, ...seen } = explanation;
      offers.push({
        queue,
        id: v7(),
        work_item_id: work.id,
        case_id: cases.get(work.id) ?? '',
        operator_id: id,
        shared: chosen.length > 1,
        explanation: seen,
        sentence,
      });
    }
  }
  await write(manager, ledger, offers);
  await load(
    manager,
    [...operators.values()].filter(one => one.given > 0),
  );
  faultPoint('routing.before-commit');
  return {
    offers: offers.map(({ id, operator_id: operator, queue }) => ({ id, operator, queue })),
    again: refused > 0,
  };
}

async function write(manager: EntityManager, ledger: Ledger, offers: readonly NewOffer[]): Promise<void> {
  if (offers.length === 0) return;
  const { rows: written } = await prepared<{ id: string; offered_at: Date; expires_at: Date }>(
    manager,
    `with made as (
       insert into offer (id, administration_id, work_item_id, operator_id, state, shared, expires_at, explanation, sentence)
       select r.id, r.administration, r.work_item_id, r.operator_id, 'offered', r.shared,
         clock_timestamp() + make_interval(secs => r.lease), r.explanation, r.sentence
       from jsonb_to_recordset($1::jsonb) r(id uuid, administration uuid, work_item_id uuid, operator_id uuid, shared boolean,
         lease float8, explanation jsonb, sentence text)
       returning id, work_item_id, offered_at, expires_at
     ), held as (
       update work_item set state = 'offered' where id in (select work_item_id from made)
     )
     select id, offered_at, expires_at from made`,
    [
      JSON.stringify(
        offers.map(({ queue, ...offer }) => ({
          ...offer,
          administration: queue.administrationId,
          lease: queue.settings.leaseSeconds,
        })),
      ),
    ],
  );
  const times = new Map(written.map(row => [row.id, row]));
  await announce(
    manager,
    ledger,
    offers.flatMap(({ queue, ...offer }) => {
      const row = times.get(offer.id);
      return row
        ? {
            ...offer,
            administration_id: queue.administrationId,
            state: 'offered' as const,
            expires_at: row.expires_at,
            at: row.offered_at,
          }
        : [];
    }),
  );
}

/** What locked operators have now, as the engine counted it. */
async function load(
  manager: EntityManager,
  operators: readonly { readonly row: AnswererRow; readonly now: Answerer; readonly given: number }[],
): Promise<void> {
  if (operators.length === 0) return;
  await prepared(
    manager,
    `update operator_presence p
     set load = r.load, in_hand = r.in_hand, exclusive = r.exclusive, firm = r.firm,
       idle_since = clock_timestamp(), last_offer_at = clock_timestamp()
     from jsonb_to_recordset($1::jsonb) r(operator_id uuid, load int, in_hand jsonb, exclusive int, firm int)
     where p.operator_id = r.operator_id`,
    [
      JSON.stringify(
        operators.map(({ row, now, given }) => ({
          operator_id: row.operator_id,
          load: row.load + given,
          in_hand: now.inHand,
          exclusive: now.exclusive,
          firm: now.firm,
        })),
      ),
    ],
  );
}
