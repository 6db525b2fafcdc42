import { useTranslation } from 'react-i18next';
import type { Kept } from './draft.js';
import type { Draft } from './rejoined.js';

interface DraftStateProps {
  readonly draft: Draft;
  readonly kept: Kept;
  readonly version: number;
}

const WORDS = { core: 'draftKept', here: 'draftHere', nowhere: 'draftNot' } as const;

/** Whether what is written is safe, and whether the case went on since it was begun. */
export function DraftState({ draft, kept, version }: DraftStateProps) {
  const { t } = useTranslation();
  if (kept === 'nothing') return null;
  return (
    <span className="small soft">
      {t(`composer.${WORDS[kept]}`)}
      {draft.text !== '' && draft.begunFrom < version && (
        <strong> · {t('composer.draftOld', { then: draft.begunFrom, now: version })}</strong>
      )}
    </span>
  );
}
