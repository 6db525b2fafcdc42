import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { templatesQuery } from '../api/queries.js';
import { chosenOrNone, textOf, textOrNone, type Described, type Values } from '../ui/described.js';
import { said } from '../ui/edit.js';
import { useChoices } from './choices.js';

type Actions = Schemas['CaseActions'];

/** What is done to a case, field by field. What stands in `before` and in no field stays as it is. */
export function useActions() {
  const { t } = useTranslation();
  const { offices, priorities, tags, categories } = useChoices();
  const templates = useQuery(templatesQuery).data?.items ?? [];
  const tagsHere = useQuery({
    queryKey: ['tags'],
    queryFn: ({ signal }) => taken(api.GET('/api/tags', { signal })),
  }).data?.items;
  const tagOptions = (tagsHere ?? []).filter(({ retired }) => !retired).map(({ id, label }) => [id, label] as const);
  const unchanged = t('administration.rules.unchanged');
  const fields: readonly Described[] = [
    {
      kind: 'one',
      name: 'priority',
      label: t('administration.rules.toPriority'),
      options: priorities,
      empty: unchanged,
      pointer: '/actions/change/priority',
    },
    {
      kind: 'one',
      name: 'category',
      label: t('administration.rules.toCategory'),
      options: categories,
      empty: unchanged,
      pointer: '/actions/change/category',
    },
    {
      kind: 'pick',
      name: 'office',
      label: t('administration.rules.toOffice'),
      items: offices,
      pointer: '/actions/change/office',
    },
    {
      kind: 'many',
      name: 'tags',
      label: t('administration.actions.tags'),
      options: tagOptions,
      pointer: '/actions/tags',
      when: () => tags.length > 0,
    },
    { kind: 'lines', name: 'note', label: t('administration.actions.note'), lines: 2, pointer: '/actions/note' },
    {
      kind: 'one',
      name: 'textTemplate',
      label: t('administration.actions.template'),
      options: templates
        .filter(({ retired }) => !retired)
        .map(({ id, name, language }) => [id, `${name} (${language})`]),
      empty: t('administration.actions.nothingSaid'),
      pointer: '/actions/textTemplate',
    },
  ];
  const valuesOf = (actions: Actions | undefined): Values => ({
    priority: actions?.change?.priority,
    category: actions?.change?.category,
    office: actions?.change?.office,
    tags: actions?.tags ?? [],
    note: actions?.note ?? '',
    textTemplate: actions?.textTemplate,
  });
  const written = (values: Values, before: Actions | undefined): Actions => {
    const change = said({
      ...before?.change,
      priority: priorities.map(([code]) => code).find(code => code === textOf(values, 'priority')),
      category: textOrNone(values, 'category'),
      office: textOrNone(values, 'office'),
    });
    return said({
      ...before,
      change: Object.keys(change).length > 0 ? change : undefined,
      tags: chosenOrNone(values, 'tags'),
      note: textOrNone(values, 'note'),
      textTemplate: textOrNone(values, 'textTemplate'),
    });
  };
  return { fields, valuesOf, written };
}
