import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { toast } from '../ui/said.js';

interface Sent {
  /** What is asked with every reply, so that it can be taken back. */
  readonly asking: object;
  /** Says that a reply is on its road. */
  readonly tell: (message: Schemas['MessageView'], giveBack: () => void) => void;
}

/** What comes after a reply was sent. */
export function useSent(_caseId: string, _focus: () => void): Sent {
  const { t } = useTranslation();
  return {
    asking: {},
    tell: () => {
      toast(t('composer.sent'));
    },
  };
}
