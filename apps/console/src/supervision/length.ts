import i18next from 'i18next';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** How long, in its largest unit: «12 minuti», «3 giorni». */
export function lasting(seconds: number): string {
  const [amount, unit] =
    seconds >= 2 * DAY
      ? ([seconds / DAY, 'day'] as const)
      : seconds >= 2 * HOUR
        ? ([seconds / HOUR, 'hour'] as const)
        : seconds >= MINUTE
          ? ([seconds / MINUTE, 'minute'] as const)
          : ([seconds, 'second'] as const);
  return new Intl.NumberFormat(i18next.language === 'en' ? 'en-GB' : 'it-IT', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(Math.floor(amount));
}
