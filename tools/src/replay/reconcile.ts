import type { ReceptionView } from '@filodiretto/contracts';
import type { Core } from '../load/core.js';
import { pause } from '../runtime/program.js';

/** What became of everything that was read: `read` = files, the others = facts, `lost` = receptions of which the core says nothing. */
export interface Reconciliation {
  read: number;
  messages: number;
  opened: number;
  joined: number;
  automatic: number;
  bounces: number;
  duplicates: number;
  readonly parked: { readonly file: string; readonly reason: string }[];
  lost: number;
  /** Files whose deliveries are lost, or were refused at the door. */
  readonly lostFiles: string[];
}

const PATIENCE_MS = 120_000;

/** Asks the core about every reception until it has recorded all its facts. */
export async function reconcile(
  core: Core,
  held: readonly { file: string; receptions: readonly string[] }[],
): Promise<Reconciliation> {
  const sum: Reconciliation = {
    read: held.length,
    messages: 0,
    opened: 0,
    joined: 0,
    automatic: 0,
    bounces: 0,
    duplicates: 0,
    parked: [],
    lost: 0,
    lostFiles: [],
  };
  const until = Date.now() + PATIENCE_MS;
  for (const { file, receptions } of held) {
    for (const id of receptions) {
      const view = await recorded(core, id, until);
      if (view) count(sum, file, view);
      else {
        sum.lost += 1;
        sum.lostFiles.push(file);
      }
    }
    if (receptions.length === 0) {
      sum.lost += 1;
      sum.lostFiles.push(file);
    }
  }
  return sum;
}

function count(sum: Reconciliation, file: string, view: ReceptionView): void {
  for (const { fate, automatic, parkedBecause } of view.items) {
    if (fate === 'parked') sum.parked.push({ file, reason: parkedBecause ?? 'no reason was recorded' });
    if (fate === 'duplicate') sum.duplicates += 1;
    if (fate === 'opened') sum.opened += 1;
    if (fate === 'joined') sum.joined += 1;
    if (fate === 'opened' || fate === 'joined' || fate === 'recorded') sum.messages += 1;
    if (automatic === 'bounce') sum.bounces += 1;
    else if (automatic) sum.automatic += 1;
  }
}

async function recorded(core: Core, id: string, until: number): Promise<ReceptionView | undefined> {
  for (;;) {
    const view = await core.get<ReceptionView>(`/api/receptions/${id}`).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes(' answers 404 ')) return undefined;
      throw error;
    });
    if (view && view.items.length >= Math.max(1, view.facts)) return view;
    if (Date.now() > until) return undefined;
    await pause(150);
  }
}
