import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { chosenOf, textOf } from '../ui/described.js';
import { useChoices } from './choices.js';
import { SubjectPage, type Subject } from './subject.js';

type Level = Schemas['LevelView'];

/** Why not everybody may know of a case, and who may all the same. */
export function LevelsPage() {
  const { t } = useTranslation();
  const { roles, offices, roleName, officeName } = useChoices();
  const subject: Subject<Level> = {
    key: 'levels',
    title: t('administration.levels.title'),
    lead: t('administration.levels.lead'),
    make: t('administration.levels.make'),
    file: 'filodiretto-riservatezza',
    empty: t('administration.levels.none'),
    read: async signal => (await taken(api.GET('/api/confidentiality-levels', { signal }))).items,
    idOf: ({ code }) => code,
    nameOf: ({ name }) => name,
    columns: [
      { id: 'name', title: t('administration.name'), value: ({ name }) => name },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      {
        id: 'offices',
        title: t('administration.offices.title'),
        value: one => one.offices.map(id => officeName(id) ?? '').join(', ') || '–',
      },
      {
        id: 'roles',
        title: t('administration.roles.title'),
        value: one => one.roles.map(roleName).join(', ') || '–',
      },
    ],
    fields: one => [
      { kind: 'text', name: 'name', label: t('administration.name'), required: true },
      ...(one
        ? []
        : [
            {
              kind: 'text',
              name: 'code',
              label: t('administration.code'),
              hint: t('administration.codeHint'),
            } as const,
          ]),
      {
        kind: 'many',
        name: 'offices',
        label: t('administration.levels.offices'),
        options: offices.map(({ id, name }) => [id, name]),
      },
      { kind: 'many', name: 'roles', label: t('administration.levels.roles'), options: roles },
    ],
    valuesOf: one => ({ name: one?.name ?? '', code: '', offices: one?.offices ?? [], roles: one?.roles ?? [] }),
    save: (values, one) =>
      taken(
        api.PUT('/api/confidentiality-levels/{code}', {
          params: {
            path: { code: one?.code ?? textOf(values, 'code') },
            header: { 'If-Match': versionTag(one?.version ?? 1) },
          },
          body: {
            name: textOf(values, 'name'),
            offices: chosenOf(values, 'offices'),
            roles: roles.map(([code]) => code).filter(code => chosenOf(values, 'roles').includes(code)),
          },
        }),
      ),
  };
  return <SubjectPage subject={subject} />;
}
