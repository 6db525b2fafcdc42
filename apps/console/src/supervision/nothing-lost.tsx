import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, taken, type Schemas } from '../api/client.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { useChannelName } from '../case/message.js';
import { bytes, dateTime, day, number } from '../i18n/format.js';
import { Confirm, useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Select, TextInput } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { useProblemWords } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { toast } from '../ui/said.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { receptionQuery } from './board.js';
import { Mark } from './wallboard.js';

type Parked = Schemas['ParkedView'];
const STATES = ['waiting', 'retried', 'discarded'] as const;
const FATES = ['opened', 'joined', 'duplicate', 'recorded', 'progress', 'parked', 'empty'] as const;

/** What came in and what became of it: so that everybody can see that nothing is lost, and mend what could not be taken in. */
export function NothingLostPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <Page title={t('supervision.lost.title')} lead={t('supervision.lost.lead')}>
      {may('report.read') && <Reception />}
      {may('case.read') && <ParkedItems />}
      {may('parked.settle') && <HeldFiles />}
    </Page>
  );
}

const fateOf = (row: Schemas['ReceptionCount'], fate: string): number => {
  const count = row.fates[fate];
  return typeof count === 'number' ? count : 0;
};

function Reception() {
  const { t } = useTranslation();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const name = useChannelName();
  const report = useQuery({ ...receptionQuery(from, to), refetchInterval: 15_000 });
  return (
    <section className="part" aria-label={t('supervision.lost.reception')}>
      <div className="filters">
        <TextInput type="date" label={t('supervision.from')} value={from} onChange={setFrom} />
        <TextInput type="date" label={t('supervision.to')} value={to} onChange={setTo} />
      </div>
      <Read query={report}>
        {data => (
          <>
            <p className={`notice ${data.missing > 0 ? 'danger' : 'success'}`}>
              <Icon name={data.missing > 0 ? 'alert' : 'check'} />
              <span>
                {data.missing > 0
                  ? t('supervision.lost.missingSome', { count: data.missing })
                  : t('supervision.lost.missingNone')}{' '}
                <span className="soft">{t('supervision.lost.countedAt', { when: dateTime(data.countedAt) })}</span>
              </span>
            </p>
            <Table
              caption={t('supervision.lost.reception')}
              file="filodiretto-ricevuto"
              empty={t('supervision.lost.nothingCame')}
              rows={data.items}
              keyOf={row => `${row.day} ${row.channel}`}
              columns={[
                {
                  id: 'day',
                  title: t('supervision.day'),
                  value: row => row.day,
                  kind: 'day',
                  show: row => <span className="nowrap">{day(row.day)}</span>,
                },
                { id: 'channel', title: t('supervision.channel.name'), value: row => name(row.channel) },
                {
                  id: 'receptions',
                  title: t('supervision.lost.receptions'),
                  value: row => row.receptions,
                  numeric: true,
                },
                { id: 'facts', title: t('supervision.lost.facts'), value: row => row.facts, numeric: true },
                ...FATES.map(fate => ({
                  id: fate,
                  title: t(`supervision.fate.${fate}`),
                  value: (row: Schemas['ReceptionCount']) => fateOf(row, fate),
                  numeric: true,
                })),
                {
                  id: 'missing',
                  title: t('supervision.lost.missing'),
                  value: row => row.missing,
                  show: row =>
                    row.missing === 0 ? (
                      <Mark kind="success" icon="check" words="0" />
                    ) : (
                      <Mark kind="danger" icon="alert" words={number(row.missing)} />
                    ),
                  numeric: true,
                },
              ]}
            />
            <OnItsWay waiting={data.waiting} />
          </>
        )}
      </Read>
    </section>
  );
}

function OnItsWay({ waiting }: { readonly waiting: readonly Schemas['WaitingCount'][] }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('supervision.lost.onItsWay')}
      empty={t('supervision.lost.nothingOnItsWay')}
      rows={waiting.filter(({ count }) => count > 0)}
      keyOf={({ what }) => what}
      columns={[
        { id: 'what', title: t('supervision.lost.what'), value: ({ what }) => t(`supervision.waiting.${what}`) },
        { id: 'count', title: t('supervision.lost.count'), value: ({ count }) => count, numeric: true },
        {
          id: 'since',
          title: t('supervision.lost.oldest'),
          value: ({ since }) => since,
          show: ({ since }) => (since === undefined ? '–' : dateTime(since)),
        },
      ]}
    />
  );
}

function ParkedItems() {
  const { t } = useTranslation();
  const { may } = useSession();
  const name = useChannelName();
  const [state, setState] = useState<(typeof STATES)[number]>('waiting');
  const [shown, setShown] = useState<Parked>();
  const [discarding, setDiscarding] = useState<Parked>();
  const [releasing, setReleasing] = useState<Parked>();
  const words = useProblemWords();
  const parked = useQuery({
    queryKey: ['parked', state],
    queryFn: ({ signal }) => taken(api.GET('/api/parked-items', { params: { query: { state, limit: 100 } }, signal })),
    refetchInterval: 15_000,
  });
  const retry = useChange({
    run: (id: string) => taken(api.POST('/api/parked-items/{id}/retries', { params: { path: { id } } })),
    reads: ['parked', 'wallboard'],
    done: t('supervision.lost.retried'),
  });
  const settle = may('parked.settle');
  return (
    <section className="part" aria-label={t('supervision.lost.parked')}>
      <h2>{t('supervision.lost.parked')}</h2>
      <div className="filters">
        <Select
          label={t('supervision.wallboard.state')}
          value={state}
          options={STATES.map(code => [code, t(`supervision.parkedState.${code}`)])}
          onChange={setState}
        />
      </div>
      <Read query={parked}>
        {({ items, next }) => (
          <>
            <Table
              caption={t('supervision.lost.parked')}
              hideCaption
              file="filodiretto-da-rivedere"
              empty={t('supervision.lost.noneParked')}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  id: 'when',
                  title: t('supervision.lost.since'),
                  value: row => row.createdAt,
                  kind: 'instant',
                  show: row => dateTime(row.createdAt),
                },
                { id: 'channel', title: t('supervision.channel.name'), value: row => name(row.channel) },
                {
                  id: 'kind',
                  title: t('supervision.lost.kind'),
                  value: row => t(`supervision.parkedKind.${row.kind}`),
                },
                { id: 'from', title: t('supervision.lost.from'), value: row => row.from ?? '' },
                {
                  id: 'what',
                  title: t('supervision.lost.what'),
                  value: row => row.subject ?? row.excerpt ?? '',
                  show: row => <span className="clamp">{row.subject ?? row.excerpt}</span>,
                },
                {
                  id: 'reason',
                  title: t('supervision.reason'),
                  value: row => row.settledReason ?? t(`supervision.parkedWhy.${row.kind}`),
                  show: row => (
                    <span className="clamp">{row.settledReason ?? t(`supervision.parkedWhy.${row.kind}`)}</span>
                  ),
                },
              ]}
              actions={row => (
                <>
                  <Button onPress={() => setShown(row)} icon="eye">
                    {t('supervision.look')}
                  </Button>
                  {settle && row.state === 'waiting' && (
                    <>
                      <Button
                        kind="primary"
                        disabled={retry.isPending}
                        onPress={() =>
                          retry.mutate(row.id, { onError: fault => toast(words(fault), { kind: 'danger' }) })
                        }
                      >
                        {t('supervision.lost.retry')}
                      </Button>
                      <Button onPress={() => setDiscarding(row)}>{t('supervision.lost.discard')}</Button>
                    </>
                  )}
                </>
              )}
            />
            {next !== undefined && <p className="soft small">{t('supervision.onlyFirst', { count: items.length })}</p>}
          </>
        )}
      </Read>
      {shown && (
        <ParkedDetail
          parked={shown}
          onClose={() => setShown(undefined)}
          {...(settle
            ? {
                onRelease: () => {
                  setReleasing(shown);
                  setShown(undefined);
                },
              }
            : {})}
        />
      )}
      {releasing && (
        <Confirm
          title={t('supervision.lost.releaseOriginalTitle')}
          button={t('supervision.lost.release')}
          danger
          reason={t('supervision.lost.releaseWhy')}
          run={reason =>
            taken(
              api.POST('/api/parked-items/{id}/original/releases', {
                params: { path: { id: releasing.id } },
                body: { reason },
              }),
            )
          }
          reads={['parked', 'parked-original']}
          done={t('supervision.lost.originalReleased')}
          onClose={() => setReleasing(undefined)}
        >
          <p>{t('supervision.lost.releaseOriginalLead')}</p>
        </Confirm>
      )}
      {discarding && (
        <Confirm
          title={t('supervision.lost.discardTitle')}
          button={t('supervision.lost.discard')}
          danger
          reason={t('supervision.lost.discardWhy')}
          run={reason =>
            taken(
              api.POST('/api/parked-items/{id}/discards', {
                params: { path: { id: discarding.id } },
                body: { reason },
              }),
            )
          }
          reads={['parked', 'wallboard']}
          done={t('supervision.lost.discarded')}
          onClose={() => setDiscarding(undefined)}
        >
          <p>{t('supervision.lost.discardLead')}</p>
        </Confirm>
      )}
    </section>
  );
}

const MOST_SHOWN = 20_000;

/** What was parked, with its original as plain words: nothing of it runs, nothing is fetched. */
function ParkedDetail({
  parked,
  onClose,
  onRelease,
}: {
  readonly parked: Parked;
  readonly onClose: () => void;
  /** Absent: whoever looks may not. */
  readonly onRelease?: () => void;
}) {
  const { t } = useTranslation();
  const name = useChannelName();
  const original = useQuery({
    queryKey: ['parked-original', parked.id],
    enabled: parked.original !== undefined,
    queryFn: ({ signal }) =>
      taken(
        api.GET('/api/parked-items/{id}/original', {
          params: { path: { id: parked.id } },
          parseAs: 'text',
          signal,
        }),
      ),
  });
  const text = original.data ?? '';
  return (
    <Dialog title={t('supervision.lost.item')} onClose={onClose} wide>
      <dl className="pairs">
        <dt>{t('supervision.channel.name')}</dt>
        <dd>
          {name(parked.channel)} · {parked.account}
        </dd>
        <dt>{t('supervision.lost.from')}</dt>
        <dd>{parked.from ?? '–'}</dd>
        <dt>{t('supervision.lost.what')}</dt>
        <dd>{parked.subject ?? '–'}</dd>
        <dt>{t('supervision.lost.excerpt')}</dt>
        <dd>{parked.excerpt ?? '–'}</dd>
        <dt>{t('supervision.reason')}</dt>
        <dd>
          {t(`supervision.parkedWhy.${parked.kind}`)}
          <details className="small">
            <summary>{t('supervision.lost.rawReason')}</summary>
            {/* A channel says its doubts in Italian; what failed is told as the machine said it. */}
            <span lang={parked.kind === 'doubtful' ? 'it' : 'en'}>{parked.reason}</span>
          </details>
        </dd>
        <dt>{t('supervision.lost.tries')}</dt>
        <dd>{number(parked.tries)}</dd>
        {parked.settledBy && (
          <>
            <dt>{t('supervision.lost.settledBy')}</dt>
            <dd>{parked.settledBy.name}</dd>
          </>
        )}
      </dl>
      {parked.original !== undefined && (
        <>
          <h3>{t('supervision.lost.original')}</h3>
          <Read query={original}>
            {() => (
              <pre className="original" role="region" tabIndex={0} aria-label={t('supervision.lost.original')}>
                {text.slice(0, MOST_SHOWN)}
              </pre>
            )}
          </Read>
          {onRelease && (parked.originalHeld !== undefined || original.isError) && (
            <p>
              <Button onPress={onRelease}>{t('supervision.lost.release')}</Button>
            </p>
          )}
          {text.length > MOST_SHOWN && <p className="soft small">{t('supervision.lost.cut')}</p>}
          <p>
            <a className="button" href={parked.original} download>
              <Icon name="file" />
              {t('supervision.lost.download')}
            </a>
          </p>
        </>
      )}
    </Dialog>
  );
}

function HeldFiles() {
  const { t } = useTranslation();
  const [releasing, setReleasing] = useState<Schemas['HeldAttachmentView']>();
  const held = useQuery({
    queryKey: ['held'],
    queryFn: ({ signal }) => taken(api.GET('/api/held-attachments', { params: { query: { limit: 100 } }, signal })),
  });
  return (
    <section className="part" aria-label={t('supervision.lost.held')}>
      <Read query={held}>
        {({ items, earlier }) => (
          <>
            {earlier && !earlier.done && (
              <p className="soft small">
                {earlier.percent === 0
                  ? t('supervision.lost.earlierBegins')
                  : t('supervision.lost.earlierShare', { percent: earlier.percent })}
              </p>
            )}
            <Table
              caption={t('supervision.lost.held')}
              file="filodiretto-allegati-fermi"
              empty={t('supervision.lost.noneHeld')}
              rows={items}
              keyOf={({ id, part }) => `${id} ${part ?? ''}`}
              columns={[
                {
                  id: 'name',
                  title: t('supervision.lost.file'),
                  value: row =>
                    row.original === true
                      ? t('supervision.lost.wholeMessage')
                      : row.part !== undefined
                        ? t('supervision.lost.partOfMessage', { part: row.part + 1, type: row.mediaType })
                        : (row.filename ?? row.mediaType),
                },
                { id: 'because', title: t('supervision.reason'), value: row => t(`supervision.held.${row.because}`) },
                {
                  id: 'size',
                  title: t('supervision.lost.size'),
                  value: row => row.size,
                  show: row => (row.size === undefined ? '–' : bytes(row.size)),
                  numeric: true,
                },
                {
                  id: 'case',
                  title: t('supervision.case'),
                  value: row => row.caseNumber,
                  show: row =>
                    row.caseId === undefined ? (
                      '–'
                    ) : (
                      <Link href={place.case('open', row.caseId)}>{row.caseNumber}</Link>
                    ),
                },
                {
                  id: 'at',
                  title: t('supervision.lost.since'),
                  value: row => row.heldAt,
                  kind: 'instant',
                  show: row => dateTime(row.heldAt),
                },
              ]}
              actions={row => <Button onPress={() => setReleasing(row)}>{t('supervision.lost.release')}</Button>}
            />
          </>
        )}
      </Read>
      {releasing && (
        <Confirm
          title={t('supervision.lost.releaseTitle')}
          button={t('supervision.lost.release')}
          danger
          reason={t('supervision.lost.releaseWhy')}
          run={reason =>
            taken(
              releasing.original === true
                ? api.POST('/api/messages/{id}/original/releases', {
                    params: { path: { id: releasing.id } },
                    body: { reason },
                  })
                : releasing.part !== undefined
                  ? api.POST('/api/messages/{id}/parts/{part}/releases', {
                      params: { path: { id: releasing.id, part: releasing.part } },
                      body: { reason },
                    })
                  : api.POST('/api/attachments/{id}/releases', {
                      params: { path: { id: releasing.id } },
                      body: { reason },
                    }),
            )
          }
          reads={['held']}
          done={t('supervision.lost.released')}
          onClose={() => setReleasing(undefined)}
        >
          <p>{t('supervision.lost.releaseLead', { because: t(`supervision.held.${releasing.because}`) })}</p>
        </Confirm>
      )}
    </section>
  );
}
