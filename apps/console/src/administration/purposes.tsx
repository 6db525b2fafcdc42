import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { isOn, numberOrNone, rowsOf, textOf } from '../ui/described.js';
import { ActiveMark } from './offices.js';
import { SubjectPage, type Subject } from './subject.js';

type Purpose = Schemas['PurposeView'];

/** For what people are asked beyond answering them, and in which words. */
export function PurposesPage() {
  const { t } = useTranslation();
  const subject: Subject<Purpose> = {
    key: 'purposes',
    title: t('administration.purposes.title'),
    lead: t('administration.purposes.lead'),
    make: t('administration.purposes.make'),
    file: 'filodiretto-consensi',
    empty: t('administration.purposes.none'),
    read: async signal => (await taken(api.GET('/api/consent-purposes', { signal }))).items,
    idOf: ({ code }) => code,
    nameOf: purpose => nameOfPurpose(purpose),
    columns: [
      { id: 'name', title: t('administration.name'), value: nameOfPurpose },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      { id: 'again', title: t('administration.purposes.again'), value: one => one.againAfterDays, numeric: true },
      {
        id: 'active',
        title: t('supervision.wallboard.state'),
        value: ({ retired }) => t(retired ? 'administration.inactive' : 'administration.active'),
        show: ({ retired }) => <ActiveMark active={!retired} />,
      },
    ],
    fields: one => [
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
        kind: 'number',
        name: 'againAfterDays',
        label: t('administration.purposes.again'),
        hint: t('administration.purposes.againHint'),
      },
      {
        kind: 'rows',
        name: 'texts',
        label: t('administration.purposes.texts'),
        add: t('administration.purposes.addLanguage'),
        fresh: { language: 'en', name: '', text: '' },
        row: place => t('administration.purposes.language', { place }),
        fields: [
          {
            kind: 'text',
            name: 'language',
            label: t('administration.language'),
            hint: t('administration.languageHint'),
          },
          { kind: 'text', name: 'name', label: t('administration.name'), required: true },
          { kind: 'lines', name: 'text', label: t('administration.purposes.text'), lines: 3, required: true },
        ],
      },
      { kind: 'flag', name: 'perAddressKind', label: t('administration.purposes.perAddressKind') },
      ...(one ? [{ kind: 'flag', name: 'retired', label: t('administration.retired') } as const] : []),
    ],
    valuesOf: one => ({
      code: '',
      againAfterDays: String(one?.againAfterDays ?? 180),
      texts: one ? one.texts.map(text => ({ ...text })) : [{ language: 'it', name: '', text: '' }],
      perAddressKind: one?.perAddressKind ?? false,
      retired: one?.retired ?? false,
    }),
    save: (values, one) =>
      taken(
        api.PUT('/api/consent-purposes/{code}', {
          params: {
            path: { code: one?.code ?? textOf(values, 'code') },
            header: { 'If-Match': versionTag(one?.version ?? 0) },
          },
          body: {
            againAfterDays: numberOrNone(values, 'againAfterDays') ?? Number.NaN,
            perAddressKind: isOn(values, 'perAddressKind'),
            retired: isOn(values, 'retired'),
            texts: rowsOf(values, 'texts').map(row => ({
              language: textOf(row, 'language'),
              name: textOf(row, 'name'),
              text: textOf(row, 'text'),
            })),
          },
        }),
      ),
  };
  return <SubjectPage subject={subject} />;
}

const nameOfPurpose = ({ code, texts }: Purpose): string =>
  (texts.find(({ language }) => language === 'it') ?? texts[0])?.name ?? code;
