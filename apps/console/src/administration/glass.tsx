import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { dateTime } from '../i18n/format.js';
import { SubjectPage, type Subject } from './subject.js';

type Opened = Schemas['OpenedCase'];

/** Confidential cases that somebody opened for a reason, without being told of them otherwise. */
export function GlassPage() {
  const { t } = useTranslation();
  const subject: Subject<Opened> = {
    key: 'glass',
    title: t('administration.glass.title'),
    lead: t('administration.glass.lead'),
    file: 'filodiretto-accessi-motivati',
    empty: t('administration.glass.none'),
    read: async signal =>
      (await taken(api.GET('/api/break-glass', { params: { query: { limit: 200 } }, signal }))).items,
    idOf: ({ id }) => id,
    nameOf: one => one.case.number,
    columns: [
      { id: 'at', title: t('administration.glass.at'), value: ({ at }) => at, show: ({ at }) => dateTime(at) },
      { id: 'case', title: t('supervision.case'), value: one => one.case.number },
      { id: 'who', title: t('supervision.operator'), value: ({ operator }) => operator.name },
      { id: 'reason', title: t('supervision.reason'), value: ({ reason }) => reason },
      { id: 'until', title: t('supervision.to'), value: ({ until }) => until, show: ({ until }) => dateTime(until) },
    ],
  };
  return <SubjectPage subject={subject} />;
}
