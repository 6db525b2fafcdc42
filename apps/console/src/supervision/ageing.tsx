import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, taken, type Schemas } from '../api/client.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { day, distance } from '../i18n/format.js';
import { queueSource } from '../queue/sources.js';
import { Button } from '../ui/button.js';
import { useNow } from '../ui/now.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { boardQuery } from './board.js';
import { Reassign } from './reassign.js';
import { Mark, useAgeNames } from './wallboard.js';

const POLL_MS = 15_000;

/** What each office has lain with it and for how long, who does not come, and giving it to others. */
export function AgeingPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [giving, setGiving] = useState<Schemas['OfficeRef']>();
  const board = useQuery({ ...boardQuery, refetchInterval: POLL_MS });
  const give = may('case.bulk') ? setGiving : undefined;
  return (
    <Page title={t('supervision.ageing.title')} lead={t('supervision.ageing.lead')}>
      <Read query={board}>{data => <Offices board={data} give={give} />}</Read>
      <Dormant />
      {giving && <Reassign office={giving} onClose={() => setGiving(undefined)} />}
    </Page>
  );
}

interface OfficesProps {
  readonly board: Schemas['WallboardView'];
  readonly give: ((office: Schemas['OfficeRef']) => void) | undefined;
}

function Offices({ board: { offices, ageDays }, give }: OfficesProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const now = useNow();
  const ages = useAgeNames()(ageDays);
  return (
    <Table
      caption={t('supervision.ageing.offices')}
      file="filodiretto-giacenze"
      empty={t('supervision.wallboard.quiet')}
      rows={offices.filter(one => one.open > 0 || one.dormantSince !== undefined)}
      keyOf={({ office }) => office.id}
      columns={[
        {
          id: 'office',
          title: t('supervision.office'),
          value: ({ office }) => office.name,
          show: ({ office }) =>
            may('case.read') ? <Link href={place.list(queueSource(office.id))}>{office.name}</Link> : office.name,
        },
        {
          id: 'state',
          title: t('supervision.wallboard.state'),
          value: row => (row.dormantSince === undefined ? (row.late > 0 ? 1 : 2) : 0),
          show: row => <Standing row={row} />,
        },
        { id: 'open', title: t('supervision.wallboard.open'), value: row => row.open, numeric: true },
        { id: 'untaken', title: t('supervision.ageing.untaken'), value: row => row.untaken, numeric: true },
        { id: 'late', title: t('supervision.wallboard.late'), value: row => row.late, numeric: true },
        ...ages.map((title, index) => ({
          id: `age-${index}`,
          title,
          value: (row: Schemas['WallboardOffice']) => row.ages[index] ?? 0,
          numeric: true,
        })),
        {
          id: 'oldest',
          title: t('supervision.ageing.oldest'),
          value: row => row.oldestAt,
          kind: 'instant',
          show: ({ oldestAt }) => (oldestAt === undefined ? '–' : distance(oldestAt, now)),
        },
      ]}
      {...(give
        ? {
            actions: ({ office, open }: Schemas['WallboardOffice']) =>
              open > 0 && (
                <Button onPress={() => give(office)}>
                  {t('supervision.reassign.button')}
                  <span className="hidden">: {office.name}</span>
                </Button>
              ),
          }
        : {})}
    />
  );
}

function Standing({ row }: { readonly row: Schemas['WallboardOffice'] }) {
  const { t } = useTranslation();
  if (row.dormantSince !== undefined)
    return (
      <Mark kind="danger" icon="wait" words={t('supervision.ageing.dormantSince', { when: day(row.dormantSince) })} />
    );
  if (row.late > 0) return <Mark kind="warning" icon="clock" words={t('supervision.wallboard.overTerm')} />;
  return <Mark kind="success" icon="check" words={t('supervision.wallboard.well')} />;
}

function Dormant() {
  const { t } = useTranslation();
  const now = useNow();
  const dormancy = useQuery({
    queryKey: ['dormancy'],
    queryFn: ({ signal }) => taken(api.GET('/api/dormancy', { signal })),
    refetchInterval: POLL_MS * 4,
  });
  const seen = (at: string | undefined): string =>
    at === undefined ? t('supervision.ageing.never') : distance(at, now);
  return (
    <Read query={dormancy}>
      {({ offices, operators, operatorsWithheld }) => (
        <>
          <Table
            caption={t('supervision.ageing.dormantOffices')}
            file="filodiretto-uffici-dormienti"
            empty={t('supervision.ageing.noneDormant')}
            rows={offices}
            keyOf={({ office }) => office.id}
            columns={[
              { id: 'office', title: t('supervision.office'), value: ({ office }) => office.name },
              {
                id: 'since',
                title: t('supervision.ageing.since'),
                value: one => one.since,
                kind: 'instant',
                show: one => day(one.since),
              },
              {
                id: 'acted',
                title: t('supervision.ageing.lastActed'),
                value: one => one.lastActedAt,
                kind: 'instant',
                show: one => seen(one.lastActedAt),
              },
              { id: 'open', title: t('supervision.wallboard.open'), value: one => one.openCases, numeric: true },
            ]}
          />
          {operatorsWithheld ? (
            <p className="soft small">{t('supervision.ageing.withheld')}</p>
          ) : (
            <Table
              caption={t('supervision.ageing.dormantPeople')}
              empty={t('supervision.ageing.nobodyDormant')}
              rows={operators}
              keyOf={({ operator }) => operator.id}
              columns={[
                { id: 'who', title: t('supervision.operator'), value: ({ operator }) => operator.name },
                { id: 'office', title: t('supervision.office'), value: ({ office }) => office.name },
                {
                  id: 'since',
                  title: t('supervision.ageing.since'),
                  value: one => one.since,
                  show: one => day(one.since),
                },
                {
                  id: 'seen',
                  title: t('supervision.ageing.lastSeen'),
                  value: one => one.lastSeenAt,
                  kind: 'instant',
                  show: one => seen(one.lastSeenAt),
                },
              ]}
            />
          )}
        </>
      )}
    </Read>
  );
}
