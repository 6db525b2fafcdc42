import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { categoriesQuery, channelsQuery, officesQuery, operatorsQuery, tagsQuery } from '../api/queries.js';
import { it } from '../i18n/it.js';
import type { Pickable } from '../ui/pick.js';

export type Role = Schemas['RoleView']['role'];
export type Permission = Schemas['RoleView']['permissions'][number];
export type Kind = Schemas['CategoryView']['kind'];
export type Priority = NonNullable<Schemas['WriteRoutingRule']['priority']>;

type Pairs<T extends string> = readonly (readonly [T, string])[];

const codesOf = <T extends string>(words: Readonly<Record<T, unknown>>): T[] => Object.keys(words) as T[];

export const ROLES: readonly Role[] = codesOf(it.administration.role);
export const PERMISSIONS: readonly Permission[] = codesOf(it.administration.permission);
export const KINDS: readonly Kind[] = codesOf(it.kind);
const PRIORITIES: readonly Priority[] = codesOf(it.priority);
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The choices that many forms offer, with their names. */
export function useChoices() {
  const { t } = useTranslation();
  const offices = useQuery(officesQuery).data?.items ?? [];
  const operators = useQuery(operatorsQuery).data?.items ?? [];
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const tags = useQuery(tagsQuery).data?.items ?? [];
  const roleName = (role: string): string =>
    ROLES.flatMap(one => (one === role ? t(`administration.role.${one}`) : []))[0] ?? role;
  return {
    offices: offices.filter(({ active }) => active).map(({ id, name, code }): Pickable => ({ id, name, more: code })),
    operators: operators
      .filter(({ active }) => active)
      .map(({ id, name, office }): Pickable => ({ id, name, more: office.name })),
    categories: categories
      .filter(({ active }) => active)
      .map(({ id, label }): readonly [string, string] => [id, label]),
    /** For what names a category by its code. */
    categoryCodes: categories
      .filter(({ active }) => active)
      .map(({ code, label }): readonly [string, string] => [code, label]),
    channels: channels.map(({ manifest }): readonly [string, string] => [manifest.id, manifest.name]),
    tags: tags.filter(({ retired }) => !retired).map(({ code, label }): readonly [string, string] => [code, label]),
    kinds: KINDS.map(code => [code, t(`kind.${code}`)] as const) satisfies Pairs<Kind>,
    priorities: PRIORITIES.map(code => [code, t(`priority.${code}`)] as const) satisfies Pairs<Priority>,
    roles: ROLES.map(code => [code, t(`administration.role.${code}`)] as const) satisfies Pairs<Role>,
    weekdays: WEEKDAYS.map(day => [String(day), t(`administration.weekday.d${day}`)] as const),
    roleName,
    officeName: (id: string | undefined): string | undefined => offices.find(one => one.id === id)?.name,
    categoryName: (id: string | undefined): string | undefined => categories.find(one => one.id === id)?.label,
  };
}

/** The code among these that was chosen; the first of them where none was. */
export const oneOf = <T extends string>(among: readonly [T, ...T[]] | readonly T[], chosen: string): T => {
  const found = among.find(one => one === chosen) ?? among[0];
  if (found === undefined) throw new Error('there is nothing to choose');
  return found;
};
