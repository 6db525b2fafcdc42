import type { TFunction } from 'i18next';
import type { Schemas } from '../api/client.js';

type Conditions = Schemas['ConditionsView'];

/** What people call that which a condition names by its id or code; undefined where nobody knows it. */
export interface ConditionNames {
  readonly channel: (id: string) => string | undefined;
  readonly category: (code: string) => string | undefined;
  readonly kind: (code: string) => string | undefined;
  readonly weekday: (day: number) => string | undefined;
}

/** When a rule holds, in the reader's words and with the names of things: all of it must hold. */
export function conditionWords(t: TFunction, when: Conditions, names: ConditionNames): string {
  const { words = {}, hours } = when;
  const listed = (values: readonly string[], name: (value: string) => string | undefined = () => undefined): string =>
    values.map(value => `«${name(value) ?? value}»`).join(t('administration.rules.said.or'));
  const said = (
    [
      ['channel', when.channel, names.channel],
      ['account', when.account],
      ['form', when.form],
      ['category', when.category, names.category],
      ['kind', when.kind, names.kind],
      ['language', when.language],
      ['area', when.area],
      ['any', words.any],
      ['all', words.all],
      ['none', words.none],
    ] as const
  ).flatMap(([key, values, name]) =>
    values === undefined ? [] : [t(`administration.rules.said.${key}`, { what: listed(values, name) })],
  );
  if (hours) said.push(...hourWords(t, hours, names));
  if (when.knownContact !== undefined)
    said.push(t(when.knownContact ? 'administration.rules.said.known' : 'administration.rules.said.stranger'));
  return said.length > 0 ? said.join(', ') : t('administration.rules.said.always');
}

function hourWords(
  t: TFunction,
  { weekdays, from, to, open }: Schemas['HoursCondition'],
  names: ConditionNames,
): string[] {
  return [
    weekdays?.map(one => names.weekday(one) ?? String(one)).join(', '),
    from === undefined ? undefined : t('administration.rules.said.from', { time: from }),
    to === undefined ? undefined : t('administration.rules.said.to', { time: to }),
    open === undefined ? undefined : t(open ? 'administration.rules.said.open' : 'administration.rules.said.closed'),
  ].filter(one => one !== undefined);
}
