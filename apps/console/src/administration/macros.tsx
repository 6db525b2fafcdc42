import { useActions } from './case-actions.js';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { textOf } from '../ui/described.js';
import { oneOf } from './choices.js';
import { SubjectPage, type Subject } from './subject.js';

type Macro = Schemas['MacroView'];

const SHARINGS = ['nobody', 'office', 'administration'] as const;

/** Sets of changes that operators make at once. Each is changed by whose it is. */
export function MacrosPage() {
  const { t } = useTranslation();
  const actions = useActions();
  const subject: Subject<Macro> = {
    key: 'macros',
    title: t('administration.macros.title'),
    lead: t('administration.macros.lead'),
    make: t('administration.macros.make'),
    file: 'filodiretto-macro',
    empty: t('administration.macros.none'),
    read: async signal => (await taken(api.GET('/api/macros', { signal }))).items,
    idOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    columns: [
      { id: 'name', title: t('administration.name'), value: ({ name }) => name },
      { id: 'owner', title: t('administration.macros.owner'), value: ({ owner }) => owner.name },
      {
        id: 'shared',
        title: t('administration.macros.shared'),
        value: ({ sharedWith }) => t(`administration.macros.sharing.${sharedWith}`),
      },
    ],
    mayChange: ({ mine }) => mine,
    fields: () => [
      { kind: 'text', name: 'name', label: t('administration.name'), required: true },
      {
        kind: 'one',
        name: 'sharedWith',
        label: t('administration.macros.shared'),
        options: SHARINGS.map(code => [code, t(`administration.macros.sharing.${code}`)]),
      },
      ...actions.fields,
    ],
    valuesOf: one => ({
      name: one?.name ?? '',
      sharedWith: one?.sharedWith ?? 'administration',
      ...actions.valuesOf(one?.actions),
    }),
    save: (values, one) => {
      const body = {
        name: textOf(values, 'name'),
        sharedWith: oneOf(SHARINGS, textOf(values, 'sharedWith')),
        actions: actions.written(values, one?.actions),
      };
      return one
        ? taken(
            api.PUT('/api/macros/{id}', {
              params: { path: { id: one.id }, header: { 'If-Match': versionTag(one.version) } },
              body,
            }),
          )
        : taken(api.POST('/api/macros', { params: { header: { 'Idempotency-Key': onceKey() } }, body }));
    },
    remove: {
      lead: t('administration.macros.removeLead'),
      may: ({ mine }) => mine,
      run: ({ id }) => taken(api.DELETE('/api/macros/{id}', { params: { path: { id } } })),
    },
  };
  return <SubjectPage subject={subject} />;
}
