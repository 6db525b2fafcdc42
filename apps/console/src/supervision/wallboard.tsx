import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Schemas } from '../api/client.js';
import { keep, keptText } from '../app/kept.js';
import { useEvents } from '../app/live.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { dateTime, distance, number, time } from '../i18n/format.js';
import { queueSource } from '../queue/sources.js';
import { Button } from '../ui/button.js';
import { Chart } from '../ui/chart.js';
import { Icon, type IconName } from '../ui/icon.js';
import { useNow } from '../ui/now.js';
import { Read } from '../ui/read.js';
import { announce } from '../ui/said.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { boardQuery, receptionQuery } from './board.js';
import { lasting } from './length.js';
import { SPIKES_MS, spikesQuery } from './spikes.js';
import {
  alertsOf,
  isShort,
  percentOf,
  thresholdsOf,
  type Alert,
  type BoardOffice,
  type Thresholds,
} from './standing.js';
import { ThresholdsForm } from './thresholds.js';

type Board = Schemas['WallboardView'];

const POLL_MS = 5_000;
const GATHER_MS = 400;
const KEPT = 'wallboard';

/** Reads the figures again shortly after something happens, once for many things that happen together. */
function useFresh(): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEvents(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: ['wallboard'] });
    }, GATHER_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** How everything stands now: for a screen on the wall, and for whoever decides where help is needed. */
export function WallboardPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const board = useQuery({ ...boardQuery, refetchInterval: POLL_MS });
  const reception = useQuery({ ...receptionQuery(), refetchInterval: POLL_MS * 3 });
  const spikes = useQuery({ ...spikesQuery, refetchInterval: SPIKES_MS });
  const whole = useRef<HTMLDivElement>(null);
  const [full, setFull] = useState(false);
  const [limits, setLimits] = useState(() => thresholdsOf(keptText(KEPT)));
  const [limiting, setLimiting] = useState(false);
  useFresh();
  useEffect(() => {
    const changed = (): void => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  const turn = (): void => {
    // A browser that does not allow it leaves the page as it is.
    const turned = full ? document.exitFullscreen() : whole.current?.requestFullscreen();
    turned?.catch(() => setFull(false));
  };
  return (
    <div ref={whole} className="wallboard">
      <Page
        title={t('supervision.wallboard.title')}
        actions={
          <>
            {board.dataUpdatedAt > 0 && (
              <span className="soft small">
                {t('supervision.wallboard.at', { when: time(new Date(board.dataUpdatedAt).toISOString()) })}
              </span>
            )}
            <Button icon="bell" onPress={() => setLimiting(true)}>
              {t('supervision.wallboard.thresholds')}
            </Button>
            <Button icon="side" onPress={turn} pressed={full}>
              {t('supervision.wallboard.full')}
            </Button>
          </>
        }
      >
        <Read query={board}>
          {data => (
            <>
              <Alerts alerts={alertsOf(data, limits, spikes.data)} />
              <Figures
                board={data}
                limits={limits}
                waitingOf={reception.data?.waiting ?? []}
                missing={reception.data?.missing ?? 0}
              />
              <Charts board={data} />
              <Offices board={data} listed={may('case.read')} />
              <ChannelsHealth channels={data.channels} />
            </>
          )}
        </Read>
      </Page>
      {limiting && (
        <ThresholdsForm
          limits={limits}
          onSave={changed => {
            keep(KEPT, JSON.stringify(changed));
            setLimits(changed);
          }}
          onClose={() => setLimiting(false)}
        />
      )}
    </div>
  );
}

/** What an alert says. */
function useAlertWords(): (alert: Alert) => string {
  const { t } = useTranslation();
  return alert => {
    switch (alert.what) {
      case 'wait':
        return t('supervision.alert.wait', { office: alert.office, long: lasting(alert.seconds) });
      case 'short':
        return t('supervision.alert.short', { office: alert.office, count: alert.waiting });
      case 'late':
        return t('supervision.alert.late', { office: alert.office, count: alert.cases });
      case 'service':
        return t('supervision.alert.service', { percent: number(alert.percent) });
      case 'abandoned':
        return t('supervision.alert.abandoned', { percent: number(alert.percent) });
      case 'channel':
        return t('supervision.alert.channel', { channel: alert.channel });
      case 'spike':
        return t('supervision.alert.spike', { ...alert, count: alert.count, from: time(alert.from) });
    }
  };
}

/** What is past its threshold; something new among it is told to whoever listens. */
function Alerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const words = useAlertWords();
  const keys = alerts
    .map(
      alert =>
        `${alert.what} ${'office' in alert ? alert.office : ''}${alert.what === 'spike' ? `${alert.category} ${alert.where}` : ''}`,
    )
    .join('\n');
  const told = useRef<string>(undefined);
  const fresh = alerts.filter((_, index) => !told.current?.split('\n').includes(keys.split('\n')[index] ?? ''));
  useEffect(() => {
    if (told.current !== undefined && told.current !== keys && fresh.length > 0) announce(fresh.map(words).join('. '));
    told.current = keys;
  });
  if (alerts.length === 0)
    return (
      <p className="notice success">
        <Icon name="check" />
        {t('supervision.alert.none')}
      </p>
    );
  return (
    <section className="alerts" aria-label={t('supervision.alert.title')}>
      <ul>
        {alerts.map(alert => (
          <li key={words(alert)} className="notice danger">
            <Icon name="alert" />
            {alert.what === 'spike' && may('case.read') ? (
              <Link href="/supervision/map">{words(alert)}</Link>
            ) : (
              words(alert)
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FiguresProps {
  readonly board: Board;
  readonly limits: Thresholds;
  readonly waitingOf: readonly Schemas['WaitingCount'][];
  readonly missing: number;
}

function Figures({ board: { offices, unassigned, today, withheld }, limits, waitingOf, missing }: FiguresProps) {
  const { t } = useTranslation();
  const sum = (of: (office: BoardOffice) => number): number => offices.reduce((total, one) => total + of(one), 0);
  const longest = Math.max(0, ...offices.map(({ oldestWaitSeconds = 0 }) => oldestWaitSeconds));
  const short = offices.filter(isShort).length;
  const late = sum(one => one.late);
  const parked = waitingOf.find(({ what }) => what === 'parked')?.count ?? 0;
  const service = percentOf(today.inTime, today.due);
  const abandoned = percentOf(today.abandoned, today.calls);
  const percent = (share: number | undefined): string =>
    share === undefined ? '–' : t('supervision.wallboard.percent', { value: number(share) });
  const seconds = (value: number | undefined): string => (value === undefined ? '–' : lasting(value));
  return (
    <>
      <dl className="figures">
        <Figure id="waiting" label={t('supervision.wallboard.waiting')} value={number(sum(one => one.waiting))} />
        <Figure
          id="longest"
          label={t('supervision.wallboard.longest')}
          value={longest === 0 ? '–' : lasting(longest)}
          loud={longest > limits.waitMinutes * 60}
          says={t('supervision.wallboard.limitMinutes', { count: limits.waitMinutes })}
        />
        <Figure
          id="service"
          label={t('supervision.wallboard.service')}
          value={percent(service)}
          loud={service === undefined ? undefined : service < limits.servicePercent}
          says={t('supervision.wallboard.ofDue', { inTime: number(today.inTime), due: number(today.due) })}
        />
        <Figure
          id="speed"
          label={t('supervision.wallboard.speed')}
          value={seconds(today.speedSeconds)}
          says={t('supervision.wallboard.takenOf', { taken: number(today.taken), came: number(today.came) })}
        />
        <Figure
          id="answer"
          label={t('supervision.wallboard.answer')}
          value={seconds(today.answerSeconds)}
          says={t('supervision.wallboard.answeredOf', { answered: number(today.answered), calls: number(today.calls) })}
        />
        <Figure
          id="abandoned"
          label={t('supervision.wallboard.abandoned')}
          value={number(today.abandoned)}
          loud={abandoned === undefined ? undefined : abandoned > limits.abandonedPercent}
          says={percent(abandoned)}
        />
        <Figure
          id="people"
          label={t('supervision.wallboard.free')}
          value={number(sum(one => one.free))}
          says={t('supervision.wallboard.busyNow', { count: sum(one => one.busy) })}
        />
        <Figure
          id="short"
          label={t('supervision.wallboard.short')}
          value={number(short)}
          loud={short > 0}
          says={short > 0 ? t('supervision.wallboard.helpNeeded') : t('supervision.wallboard.enough')}
        />
        <Figure
          id="open"
          label={t('supervision.wallboard.open')}
          value={number(sum(one => one.open) + unassigned)}
          says={t('supervision.wallboard.unassigned', { count: unassigned })}
        />
        <Figure
          id="late"
          label={t('supervision.wallboard.late')}
          value={number(late)}
          loud={late > 0}
          says={late > 0 ? t('supervision.wallboard.overTerm') : t('supervision.wallboard.inTime')}
        />
        <Figure
          id="parked"
          label={t('supervision.wallboard.parked')}
          value={number(parked)}
          loud={parked > 0}
          says={parked > 0 ? t('supervision.wallboard.toLookAt') : t('supervision.wallboard.nothingParked')}
        />
        <Figure
          id="missing"
          label={t('supervision.wallboard.missing')}
          value={number(missing)}
          loud={missing > 0}
          says={missing > 0 ? t('supervision.wallboard.lost') : t('supervision.wallboard.nothingLost')}
        />
      </dl>
      {withheld && <p className="soft small">{t('supervision.wallboard.withheld')}</p>}
    </>
  );
}

interface FigureProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Whether it is past what is well; undefined: there is nothing to judge. */
  readonly loud?: boolean | undefined;
  readonly says?: string;
}

function Figure({ id, label, value, loud, says }: FigureProps) {
  return (
    <div className={`figure ${loud === true ? 'loud' : ''}`} data-figure={id}>
      <dt>{label}</dt>
      <dd>
        <span className="figure-value">{value}</span>
        {says !== undefined && (
          <span className="figure-says">
            {loud !== undefined && <Icon name={loud ? 'alert' : 'check'} />}
            {says}
          </span>
        )}
      </dd>
    </div>
  );
}

/** The names of the classes of age. */
export function useAgeNames(): (days: readonly number[]) => string[] {
  const { t } = useTranslation();
  return days => [
    ...days.map((day, place) =>
      place === 0
        ? t('supervision.age.upTo', { count: day })
        : t('supervision.age.between', { from: (days[place - 1] ?? 0) + 1, to: day }),
    ),
    t('supervision.age.over', { count: days.at(-1) ?? 0 }),
  ];
}

function Charts({ board: { hours, offices, ageDays } }: { readonly board: Board }) {
  const { t } = useTranslation();
  const ages = useAgeNames()(ageDays);
  return (
    <div className="charts">
      <Chart
        title={t('supervision.chart.hours')}
        axis={t('supervision.chart.hour')}
        file="filodiretto-oggi"
        labels={hours.map(({ hour }) => `${hour}:00`)}
        series={[
          { title: t('supervision.chart.opened'), values: hours.map(({ opened }) => opened), as: 'bars' },
          { title: t('supervision.chart.ended'), values: hours.map(({ ended }) => ended), as: 'line' },
        ]}
      />
      <Chart
        title={t('supervision.chart.ages')}
        axis={t('supervision.chart.age')}
        file="filodiretto-eta-pratiche"
        labels={ages}
        series={[
          {
            title: t('supervision.wallboard.open'),
            values: ages.map((_, place) => offices.reduce((total, one) => total + (one.ages[place] ?? 0), 0)),
            as: 'bars',
          },
        ]}
      />
    </div>
  );
}

function Offices({ board: { offices }, listed }: { readonly board: Board; readonly listed: boolean }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('supervision.wallboard.offices')}
      file="filodiretto-uffici"
      empty={t('supervision.wallboard.quiet')}
      rows={[...offices].sort((one, other) => other.waiting - one.waiting || other.late - one.late)}
      keyOf={({ office }) => office.id}
      columns={[
        {
          id: 'office',
          title: t('supervision.office'),
          value: ({ office }) => office.name,
          show: ({ office }) =>
            listed ? <Link href={place.list(queueSource(office.id))}>{office.name}</Link> : office.name,
        },
        {
          id: 'state',
          title: t('supervision.wallboard.state'),
          value: row => (isShort(row) ? 0 : row.late > 0 ? 1 : 2),
          show: row => <OfficeState row={row} />,
        },
        { id: 'waiting', title: t('supervision.wallboard.waiting'), value: row => row.waiting, numeric: true },
        {
          id: 'longest',
          title: t('supervision.wallboard.longest'),
          value: row => row.oldestWaitSeconds,
          show: ({ oldestWaitSeconds: wait }) => (wait === undefined ? '–' : lasting(wait)),
          numeric: true,
        },
        {
          id: 'service',
          title: t('supervision.wallboard.service'),
          value: ({ today }) => today && percentOf(today.inTime, today.due),
          show: ({ today }) => {
            const share = today && percentOf(today.inTime, today.due);
            return share === undefined ? '–' : t('supervision.wallboard.percent', { value: number(share) });
          },
          numeric: true,
        },
        { id: 'inHand', title: t('supervision.wallboard.inHand'), value: row => row.inHand, numeric: true },
        { id: 'available', title: t('supervision.wallboard.available'), value: row => row.available, numeric: true },
        { id: 'free', title: t('supervision.wallboard.free'), value: row => row.free, numeric: true },
        { id: 'busy', title: t('supervision.wallboard.busy'), value: row => row.busy, numeric: true },
        { id: 'open', title: t('supervision.wallboard.open'), value: row => row.open, numeric: true },
        { id: 'late', title: t('supervision.wallboard.late'), value: row => row.late, numeric: true },
      ]}
    />
  );
}

function OfficeState({ row }: { readonly row: BoardOffice }) {
  const { t } = useTranslation();
  if (isShort(row)) return <Mark kind="danger" icon="alert" words={t('supervision.wallboard.helpNeeded')} />;
  if (row.late > 0) return <Mark kind="warning" icon="clock" words={t('supervision.wallboard.overTerm')} />;
  return <Mark kind="success" icon="check" words={t('supervision.wallboard.well')} />;
}

interface MarkProps {
  readonly kind: 'danger' | 'warning' | 'success' | 'info' | '';
  readonly icon: IconName;
  readonly words: string;
}

/** How something stands: by words and a drawing, and only then by colour. */
export function Mark({ kind, icon, words }: MarkProps) {
  return (
    <span className={`badge ${kind}`}>
      <Icon name={icon} />
      {words}
    </span>
  );
}

/** How a channel stands: in words. */
export function ChannelMark({ channel: { running, trouble } }: { readonly channel: Schemas['ChannelView'] }) {
  const { t } = useTranslation();
  if (!running) return <Mark kind="danger" icon="alert" words={t('supervision.channel.still')} />;
  if (trouble !== undefined) return <Mark kind="warning" icon="alert" words={t('supervision.channel.trouble')} />;
  return <Mark kind="success" icon="check" words={t('supervision.channel.running')} />;
}

/** The channels, whether each works, and when it was last heard. */
export function ChannelsHealth({ channels }: { readonly channels: readonly Schemas['ChannelView'][] }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <Table
      caption={t('supervision.channel.title')}
      file="filodiretto-canali"
      empty={t('supervision.channel.none')}
      rows={channels}
      keyOf={({ manifest }) => manifest.id}
      columns={[
        { id: 'name', title: t('supervision.channel.name'), value: ({ manifest }) => manifest.name },
        {
          id: 'state',
          title: t('supervision.wallboard.state'),
          value: ({ running, trouble }) => (running ? (trouble === undefined ? 2 : 1) : 0),
          show: channel => (
            <>
              <ChannelMark channel={channel} />
              {channel.trouble !== undefined && <span className="small"> {channel.trouble}</span>}
            </>
          ),
        },
        { id: 'accounts', title: t('supervision.channel.accounts'), value: ({ accounts }) => accounts.join(', ') },
        {
          id: 'heard',
          title: t('supervision.channel.heard'),
          value: ({ lastHeardAt }) => lastHeardAt,
          kind: 'instant',
          show: ({ lastHeardAt }) => (lastHeardAt === undefined ? '–' : distance(lastHeardAt, now)),
        },
        {
          id: 'seen',
          title: t('supervision.channel.seen'),
          value: ({ seenAt }) => seenAt,
          kind: 'instant',
          show: ({ seenAt }) => dateTime(seenAt),
        },
      ]}
    />
  );
}
