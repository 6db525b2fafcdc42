import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import type { DraftKeeper, DraftNow } from './draft-keeper.js';
import type { Draft } from './rejoined.js';

interface WrittenElsewhereProps {
  readonly mine: Draft;
  readonly theirs: Draft;
  readonly keeper: DraftKeeper;
}

interface DraftStateProps {
  readonly now: DraftNow;
  readonly version: number;
}

const WORDS = { core: 'draftKept', here: 'draftHere', waiting: 'draftWaiting', nowhere: 'draftNot' } as const;

/** Whether what is written is safe, and whether the case went on since it was begun. */
export function DraftState({ now: { draft, kept, said, theirs }, version }: DraftStateProps) {
  const { t } = useTranslation();
  if (kept === 'nothing' || said || theirs) return null;
  return (
    <span className="small soft" data-draft={kept}>
      {kept === 'waiting' && <Icon name="wait" />} {t(`composer.${WORDS[kept]}`)}
      {draft.text !== '' && draft.begunFrom < version && (
        <strong> · {t('composer.draftOld', { then: draft.begunFrom, now: version })}</strong>
      )}
    </span>
  );
}

/** Says that the draft was sent from another screen in other words, and asks what is to become of these. */
export function SaidElsewhere({ keeper }: { readonly keeper: DraftKeeper }) {
  const { t } = useTranslation();
  return (
    <div className="notice warning" role="alert" data-draft="said">
      <Icon name="alert" />
      <div className="grow">
        <strong>{t('composer.saidElsewhere')}</strong>
        <p className="small">{t('composer.saidOther')}</p>
        <div className="row wrap">
          <Button onPress={() => keeper.goOn()}>{t('composer.saidGoOn')}</Button>
          <Button kind="quiet" onPress={() => void keeper.drop()}>
            {t('composer.saidDrop')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Says that another screen saved other words meanwhile, shows both, and asks what is to become of them. */
export function WrittenElsewhere({ mine, theirs, keeper }: WrittenElsewhereProps) {
  const { t } = useTranslation();
  const words = ({ text, attachments }: Draft): string =>
    [text, ...attachments.map(({ filename }) => filename)].filter(one => one !== '').join('\n');
  return (
    <div className="notice warning" role="alert" data-draft="theirs">
      <Icon name="alert" />
      <div className="grow">
        <strong>{t('composer.writtenElsewhere')}</strong>
        <div className="two">
          <section aria-label={t('composer.writtenHere')}>
            <h3>{t('composer.writtenHere')}</h3>
            <p className="words task-card">{words(mine)}</p>
          </section>
          <section aria-label={t('composer.writtenThere')}>
            <h3>{t('composer.writtenThere')}</h3>
            <p className="words task-card">{words(theirs)}</p>
          </section>
        </div>
        <div className="row wrap">
          <Button onPress={() => keeper.joinBoth()}>{t('composer.joinBoth')}</Button>
          <Button onPress={() => keeper.keepMine()}>{t('composer.keepMine')}</Button>
          <Button onPress={() => keeper.takeTheirs()}>{t('composer.takeTheirs')}</Button>
        </div>
      </div>
    </div>
  );
}
