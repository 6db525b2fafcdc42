import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal, type Schemas } from '../api/client.js';
import { caseQuery } from '../api/queries.js';
import { toast } from '../ui/said.js';
import { actLabel, type Doing } from './labels.js';
import { StaleDialog } from './stale.js';

type CaseView = Schemas['CaseView'];

/** Something that changes a case, as asked with the version that whoever asks had read. */
export interface Act {
  readonly name: Doing;
  readonly run: (version: number) => Promise<unknown>;
  /** The words that would be lost, shown when somebody was first. */
  readonly words?: string | undefined;
}

export interface Acting {
  /** Does it; resolves to whether it was done. What was refused is in `fault`. */
  readonly act: (act: Act) => Promise<boolean>;
  readonly busy: boolean;
  readonly fault: unknown;
  readonly clear: () => void;
  /** Shown when somebody changed the case first: what happened, and a way to go on. */
  readonly dialog: ReactNode;
}

interface Stale {
  readonly act: Act;
  readonly refusal: Refusal;
  readonly settle: (done: boolean) => void;
}

/**
 * Changes a case by the version that was read. When somebody was first, what they did is shown beside what one was doing: nothing is lost,
 * and it can be done all the same.
 */
export function useActing(view: CaseView): Acting {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const [stale, setStale] = useState<Stale>();
  const attempt = async (act: Act, version: number): Promise<boolean> => {
    setBusy(true);
    setFault(undefined);
    try {
      await act.run(version);
      toast(t(`did.${act.name}`));
      return true;
    } catch (refused) {
      if (!(refused instanceof Refusal) || refused.problem !== 'version-stale') {
        setFault(refused);
        return false;
      }
      return await new Promise<boolean>(settle => setStale({ act, refusal: refused, settle }));
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: caseQuery(view.id).queryKey });
      void client.invalidateQueries({ queryKey: ['cases'], refetchType: 'active' });
    }
  };
  return {
    act: act => attempt(act, view.version),
    busy,
    fault,
    clear: () => setFault(undefined),
    dialog: stale && (
      <StaleDialog
        label={actLabel(t, stale.act.name)}
        words={stale.act.words}
        mine={view.version}
        refusal={stale.refusal}
        onAgain={() => {
          setStale(undefined);
          const now = stale.refusal.body?.version ?? view.version;
          void attempt(stale.act, now).then(stale.settle);
        }}
        onKeep={() => {
          setStale(undefined);
          stale.settle(false);
        }}
      />
    ),
  };
}
