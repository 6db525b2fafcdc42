import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, Refusal, taken, type Schemas } from '../api/client.js';
import { caseQuery } from '../api/queries.js';
import { useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';

/** For how long a reply is held, so that it can be taken back. */
const HELD_SECONDS = 5;

interface Sent {
  /** What is asked with every reply, so that it can be taken back. */
  readonly asking: { readonly sendAfter: number };
  /** Says that a reply is on its road, and lets it be taken back while it is held: its words are the draft again. */
  readonly tell: (message: Schemas['MessageView'], giveBack: () => void) => void;
}

/** What comes after a reply was sent. */
export function useSent(caseId: string): Sent {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const withdraw = (message: string, giveBack: () => void): void => {
    taken(api.POST('/api/messages/{id}/withdrawals', { params: { path: { id: message } } }))
      .then(() => {
        giveBack();
        toast(t('message.withdrawn'));
      })
      .catch((fault: unknown) => {
        const late = fault instanceof Refusal && fault.problem === 'cannot-be-withdrawn';
        toast(late ? t('composer.tooLate') : words(fault), { kind: 'danger' });
      })
      .finally(() => void client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }));
  };
  return {
    asking: { sendAfter: HELD_SECONDS },
    tell: ({ id }, giveBack) => {
      toast(t('composer.sentUndo', { seconds: HELD_SECONDS }), {
        act: { label: t('composer.undo'), run: () => withdraw(id, giveBack) },
        milliseconds: HELD_SECONDS * 1_000,
      });
    },
  };
}
