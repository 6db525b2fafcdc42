import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client.js';
import { it } from '../i18n/it.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { mistakesIn } from './mistake.js';

type Known = keyof typeof it.problem;
const isKnown = (problem: string): problem is Known => Object.hasOwn(it.problem, problem);

/** What went wrong, in words for whoever works here. */
export function useProblemWords(): (fault: unknown) => string {
  const { t } = useTranslation();
  return fault => {
    if (!(fault instanceof Refusal)) return t('problem.other');
    return isKnown(fault.problem) ? t(`problem.${fault.problem}`) : t('problem.other');
  };
}

interface ProblemProps {
  readonly fault: unknown;
  /** The fields, by JSON pointer, that say themselves what is wrong with them: here it is not said again. */
  readonly besides?: ReadonlySet<string>;
  readonly onRetry?: () => void;
}

/** What went wrong, with the words of the API, the fields that are not right, and a way to try again. */
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
          refusal?.detail !== undefined &&
          errors.length === 0 && (
            <p className="small" lang="en">
              {t('problem.said', { detail: refusal.detail })}
            </p>
          )
        )}
      </div>
      {onRetry && <Button onPress={onRetry}>{t('app.retry')}</Button>}
    </div>
  );
}
