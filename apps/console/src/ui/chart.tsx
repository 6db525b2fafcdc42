import './chart.css';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type UPlot from 'uplot';
import { number } from '../i18n/format.js';
import { Table } from './table.js';

export interface Series {
  readonly title: string;
  readonly values: readonly number[];
  /** Told apart by how it is drawn, and only then by colour. */
  readonly as: 'bars' | 'line';
}

interface Drawn {
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

interface ChartProps {
  readonly title: string;
  /** What the labels are. */
  readonly axis: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** Name of the file of its figures. */
  readonly file: string;
}

const HEIGHT = 220;
const NARROW = 1;

/** Figures drawn, with what they are in words and a table of them behind. The library that draws comes when it is first needed. */
export function Chart({ title, axis, labels, series, file }: ChartProps) {
  const { t } = useTranslation();
  const at = useRef<HTMLDivElement>(null);
  const looks = useLooks();
  // Compared as words: the figures are made anew each time they are read, and are mostly the same.
  const drawn = JSON.stringify({ labels, series } satisfies Drawn);
  useEffect(() => {
    const place = at.current;
    if (!place) return undefined;
    const figures = JSON.parse(drawn) as Drawn;
    let plot: UPlot | undefined;
    let gone = false;
    const resized = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height: HEIGHT }));
    void import('uplot').then(({ default: Plot }) => {
      if (gone) return;
      plot = new Plot(optionsOf(Plot, place, figures), columnsOf(figures), place);
      resized.observe(place);
    });
    return () => {
      gone = true;
      resized.disconnect();
      plot?.destroy();
    };
  }, [drawn, looks]);
  return (
    <figure className="chart card">
      <figcaption>
        <strong>{title}</strong>
        <span className="chart-legend" aria-hidden="true">
          {series.map(one => (
            <span key={one.title} className={`chart-key ${one.as}`}>
              {one.title}
            </span>
          ))}
        </span>
      </figcaption>
      <div
        ref={at}
        className="chart-place"
        role="img"
        aria-label={series
          .map(one => t('supervision.chart.says', { what: one.title, count: sumOf(one.values) }))
          .join('. ')}
      >
        <span className="chart-ink bars" />
        <span className="chart-ink line" />
        <span className="chart-ink axis" />
      </div>
      <details className="chart-data">
        <summary>
          {t('supervision.chart.data')}
          <span className="hidden">: {title}</span>
        </summary>
        <Table
          caption={title}
          hideCaption
          file={file}
          empty="–"
          rows={labels.map((label, index) => ({ label, index }))}
          keyOf={({ label }) => label}
          columns={[
            { id: 'label', title: axis, value: ({ label }) => label },
            ...series.map(one => ({
              id: one.title,
              title: one.title,
              value: ({ index }: { readonly index: number }) => one.values[index] ?? 0,
              numeric: true,
            })),
          ]}
        />
      </details>
    </figure>
  );
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const columnsOf = ({ labels, series }: Drawn): [number[], ...number[][]] => [
  labels.map((_, index) => index),
  ...series.map(({ values }) => [...values]),
];

/** Changes whenever the look of the page does, so that what is drawn takes its colours. */
function useLooks(): number {
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const changed = (): void => setLooks(now => now + 1);
    const watching = new MutationObserver(changed);
    watching.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', changed);
    return () => {
      watching.disconnect();
      dark.removeEventListener('change', changed);
    };
  }, []);
  return looks;
}

function optionsOf(Plot: typeof UPlot, place: HTMLElement, { labels, series }: Drawn): UPlot.Options {
  const ink = (of: string): string => {
    const sample = place.querySelector(`.chart-ink.${of}`);
    return sample ? getComputedStyle(sample).color : '';
  };
  const axis = ink('axis');
  const style = getComputedStyle(place);
  const font = `${style.fontSize} ${style.fontFamily}`;
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  return {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [-NARROW / 2, Math.max(labels.length, 1) - NARROW / 2] },
      y: { range: () => [0, Math.ceil(most * 1.1)] },
    },
    axes: [
      {
        stroke: axis,
        font,
        grid: { show: false },
        ticks: { show: false },
        size: 28,
        incrs: [1, 2, 3, 4, 6, 12],
        values: (_, splits) => splits.map(split => labels[split] ?? ''),
      },
      {
        stroke: axis,
        font,
        grid: { stroke: axis, width: 0.25 },
        ticks: { show: false },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000],
        values: (_, splits) => splits.map(split => number(split)),
      },
    ],
    series: [
      {},
      ...series.map(({ title, as }): UPlot.Series => {
        const colour = ink(as);
        const bars = Plot.paths.bars?.({ size: [0.6, 60] });
        return as === 'bars' && bars
          ? { label: title, stroke: colour, fill: colour, paths: bars, points: { show: false } }
          : { label: title, stroke: colour, width: 3, dash: [8, 4], points: { show: true, size: 9, fill: colour } };
      }),
    ],
  };
}
