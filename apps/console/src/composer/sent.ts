import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, Refusal, taken, type Schemas } from '../api/client.js';
import { caseQuery } from '../api/queries.js';
import { useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import type { DraftKeeper } from './draft-keeper.js';
import type { Draft } from './rejoined.js';

/** For how long a reply is held, so that it can be taken back. */
const HELD_SECONDS = 5;

interface Sent {
  /** What is asked with every reply, so that it can be taken back. */
  readonly asking: { readonly sendAfter: number };
  /** Says that a reply is on its road, and lets it be taken back while it is held: its words are the draft again. */
  readonly tell: (message: Schemas['MessageView'], words: Draft) => void;
}

/** What comes after a reply was sent. What is taken back goes to the draft of its case, wherever one is by then. */
export function useSent(caseId: string, keeper: DraftKeeper): Sent {
  const { t } = useTranslation();
  const client = useQueryClient();
  const problem = useProblemWords();
  const withdraw = (message: string, words: Draft): void => {
    keeper
      .takeBack(words, () => taken(api.POST('/api/messages/{id}/withdrawals', { params: { path: { id: message } } })))
      .then(() => toast(t('message.withdrawn')))
      .catch((fault: unknown) => {
        const late = fault instanceof Refusal && fault.problem === 'cannot-be-withdrawn';
        toast(late ? t('composer.tooLate') : problem(fault), { kind: 'danger' });
      })
      .finally(() => void client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }));
  };
  return {
    asking: { sendAfter: HELD_SECONDS },
    tell: ({ id }, words) => {
      toast(t('composer.sentUndo', { seconds: HELD_SECONDS }), {
        act: { label: t('composer.undo'), run: () => withdraw(id, words) },
        milliseconds: HELD_SECONDS * 1_000,
      });
    },
  };
}
