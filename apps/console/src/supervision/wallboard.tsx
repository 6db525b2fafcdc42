import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Schemas } from '../api/client.js';
import { useEvents } from '../app/live.js';
import { place } from '../app/routes.js';
import { dateTime, distance, number, time } from '../i18n/format.js';
import { queueSource } from '../queue/sources.js';
import { Button } from '../ui/button.js';
import { Icon, type IconName } from '../ui/icon.js';
import { useNow } from '../ui/now.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { boardQuery, channelsNowQuery, receptionQuery, type Board } from './board.js';
import { lasting } from './length.js';
import { isShort, type BoardRow } from './standing.js';

const POLL_MS = 5_000;
const GATHER_MS = 400;

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
  const board = useQuery({ ...boardQuery, refetchInterval: POLL_MS });
  const channels = useQuery({ ...channelsNowQuery, refetchInterval: POLL_MS });
  const reception = useQuery({ ...receptionQuery(), refetchInterval: POLL_MS });
  const whole = useRef<HTMLDivElement>(null);
  const [full, setFull] = useState(false);
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
            <Button icon="side" onPress={turn} pressed={full}>
              {t('supervision.wallboard.full')}
            </Button>
          </>
        }
      >
        <Read query={board}>
          {data => (
            <>
              <Figures board={data} waitingOf={reception.data?.waiting ?? []} missing={reception.data?.missing ?? 0} />
              <Offices board={data} />
            </>
          )}
        </Read>
        <Read query={channels}>{({ items }) => <ChannelsHealth channels={items} />}</Read>
      </Page>
    </div>
  );
}

interface FiguresProps {
  readonly board: Board;
  readonly waitingOf: readonly Schemas['WaitingCount'][];
  readonly missing: number;
}

function Figures({ board: { rows, manyLate }, waitingOf, missing }: FiguresProps) {
  const { t } = useTranslation();
  const sum = (of: (row: BoardRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const longest = Math.max(0, ...rows.map(({ oldestWaitSeconds = 0 }) => oldestWaitSeconds));
  const short = rows.filter(isShort).length;
  const late = sum(row => row.late);
  const parked = waitingOf.find(({ what }) => what === 'parked')?.count ?? 0;
  return (
    <dl className="figures">
      <Figure id="waiting" label={t('supervision.wallboard.waiting')} value={number(sum(row => row.waiting))} />
      <Figure id="longest" label={t('supervision.wallboard.longest')} value={longest === 0 ? '–' : lasting(longest)} />
      <Figure id="open" label={t('supervision.wallboard.open')} value={number(sum(row => row.open))} />
      <Figure
        id="late"
        label={t('supervision.wallboard.late')}
        value={manyLate ? t('supervision.wallboard.moreThan', { count: late }) : number(late)}
        loud={late > 0}
        says={late > 0 ? t('supervision.wallboard.overTerm') : t('supervision.wallboard.inTime')}
      />
      <Figure id="free" label={t('supervision.wallboard.free')} value={number(sum(row => row.free))} />
      <Figure
        id="short"
        label={t('supervision.wallboard.short')}
        value={number(short)}
        loud={short > 0}
        says={short > 0 ? t('supervision.wallboard.helpNeeded') : t('supervision.wallboard.enough')}
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
  );
}

interface FigureProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly loud?: boolean;
  readonly says?: string;
}

function Figure({ id, label, value, loud = false, says }: FigureProps) {
  return (
    <div className={`figure ${loud ? 'loud' : ''}`} data-figure={id}>
      <dt>{label}</dt>
      <dd>
        <span className="figure-value">{value}</span>
        {says !== undefined && (
          <span className="figure-says">
            <Icon name={loud ? 'alert' : 'check'} />
            {says}
          </span>
        )}
      </dd>
    </div>
  );
}

function Offices({ board: { rows } }: { readonly board: Board }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('supervision.wallboard.offices')}
      file="filodiretto-uffici"
      empty={t('supervision.wallboard.quiet')}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'office',
          title: t('supervision.office'),
          value: ({ name }) => name,
          show: ({ id, name }) => <Link href={place.list(queueSource(id))}>{name}</Link>,
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
        { id: 'inHand', title: t('supervision.wallboard.inHand'), value: row => row.inHand, numeric: true },
        { id: 'available', title: t('supervision.wallboard.available'), value: row => row.available, numeric: true },
        { id: 'free', title: t('supervision.wallboard.free'), value: row => row.free, numeric: true },
        { id: 'open', title: t('supervision.wallboard.open'), value: row => row.open, numeric: true },
        { id: 'late', title: t('supervision.wallboard.late'), value: row => row.late, numeric: true },
      ]}
    />
  );
}

function OfficeState({ row }: { readonly row: BoardRow }) {
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
          show: ({ lastHeardAt }) => (lastHeardAt === undefined ? '–' : distance(lastHeardAt, now)),
        },
        {
          id: 'seen',
          title: t('supervision.channel.seen'),
          value: ({ seenAt }) => seenAt,
          show: ({ seenAt }) => dateTime(seenAt),
        },
      ]}
    />
  );
}
