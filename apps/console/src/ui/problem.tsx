import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client.js';
import { it } from '../i18n/it.js';
import { Button } from './button.js';
import { Icon } from './icon.js';

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
  readonly onRetry?: () => void;
}

/** What went wrong, with the words of the API, the fields that are not right, and a way to try again. */
export function Problem({ fault, onRetry }: ProblemProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const refusal = fault instanceof Refusal ? fault : undefined;
  return (
    <div className="notice danger" role="alert">
      <Icon name="alert" />
      <div className="grow">
        <strong>{words(fault)}</strong>
        {refusal?.detail !== undefined && (
          <p className="small" lang="en">
            {t('problem.said', { detail: refusal.detail })}
          </p>
        )}
        {refusal?.body?.errors && (
          <ul className="small">
            {refusal.body.errors.map(({ pointer, detail }) => (
              <li key={pointer} lang="en">
                {pointer.slice(1)}: {detail}
              </li>
            ))}
          </ul>
        )}
      </div>
      {onRetry && <Button onPress={onRetry}>{t('app.retry')}</Button>}
    </div>
  );
}
