import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client.js';
import { loginAddress } from '../app/login-address.js';
import { it } from '../i18n/it.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { mistakesIn } from './mistake.js';
import { sentenceWords } from './sentence.js';

type Known = keyof typeof it.problem;
const isKnown = (problem: string): problem is Known => Object.hasOwn(it.problem, problem);

/** What went wrong, in words for whoever works here. */
export function useProblemWords(): (fault: unknown) => string {
  const { t } = useTranslation();
  return fault => (fault instanceof Refusal ? problemWords(t, fault.problem) : t('problem.other'));
}

const problemWords = (t: TFunction, problem: string): string =>
  isKnown(problem) ? t(`problem.${problem}`) : t('problem.other');

/** Why something would not be done, as far as there are words: what happened, else which problem it is. */
export const whyNot = (t: TFunction, problem: string, detail: string | undefined): string =>
  (detail === undefined ? undefined : sentenceWords(t, detail)) ?? problemWords(t, problem);

interface ProblemProps {
  readonly fault: unknown;
  /** The fields, by JSON pointer, that say themselves what is wrong with them: here it is not said again. */
  readonly besides?: ReadonlySet<string>;
  readonly onRetry?: () => void;
}

/** What went wrong, what happened this time, the fields that are not right, and a way to try again or to log in again. */
export function Problem({ fault, besides, onRetry }: ProblemProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const refusal = fault instanceof Refusal ? fault : undefined;
  const errors = refusal?.body?.errors ?? [];
  const mistakes = mistakesIn(t, errors, besides);
  return (
    <div className="notice danger" role="alert">
      <Icon name="alert" />
      <div className="grow">
        <strong>{words(fault)}</strong>
        {mistakes.length > 0 ? (
          <ul className="small">
            {mistakes.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        ) : (
          errors.length === 0 && refusal?.detail !== undefined && <Detail refusal={refusal} detail={refusal.detail} />
        )}
      </div>
      {refusal?.problem === 'step-up-required' && (
        <a className="button" href={loginAddress(true)}>
          {t('login.again')}
        </a>
      )}
      {onRetry && <Button onPress={onRetry}>{t('app.retry')}</Button>}
    </div>
  );
}

/** What happened this time, in words; what has none here is for who gives support, as the API said it. */
function Detail({ refusal, detail }: { readonly refusal: Refusal; readonly detail: string }) {
  const { t } = useTranslation();
  const words = sentenceWords(t, detail);
  if (words !== undefined) return <p className="small">{words}</p>;
  return (
    <details className="small">
      <summary>{t('problem.told')}</summary>
      <p lang="en">{detail}</p>
      {refusal.body?.instance !== undefined && <p className="mono">{refusal.body.instance}</p>}
    </details>
  );
}
