import './table.css';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.js';
import type { Cell, CellKind, Sheet } from './cell.js';
import { useTakeAway } from './take-away.js';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** What is sorted by and exported; also what is shown, where nothing else is. */
  readonly value: (row: Row) => Cell;
  readonly show?: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** What `value` is in a file, where it is neither words nor a figure. */
  readonly kind?: CellKind;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What can be done with a row. */
  readonly actions?: (row: Row) => ReactNode;
  readonly empty: string;
  /** Name of the file of what is shown; without one nothing is exported. */
  readonly file?: string;
  readonly hideCaption?: boolean;
}

interface Order {
  readonly id: string;
  readonly down: boolean;
}

const compared = (one: Cell, other: Cell): number => {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
};

/** Rows under titles that sort them, and a file of what is shown. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  actions,
  empty,
  file,
  hideCaption = false,
}: TableProps<Row>) {
  const { t } = useTranslation();
  const [order, setOrder] = useState<Order>();
  const by = columns.find(({ id }) => id === order?.id);
  const shown = by
    ? [...rows].sort((one, other) => compared(by.value(one), by.value(other)) * (order?.down ? -1 : 1))
    : rows;
  const turn = (id: string): void => setOrder(now => ({ id, down: now?.id === id && !now.down }));
  return (
    <div className="table-block">
      {(!hideCaption || file !== undefined) && (
        <div className="table-head">
          {!hideCaption && <h2>{caption}</h2>}
          {file !== undefined && rows.length > 0 && (
            <TakeAway
              file={file}
              what={caption}
              sheet={() => ({
                titles: columns.map(({ title }) => title),
                rows: shown.map(row => columns.map(({ value }) => value(row))),
                kinds: columns.map(({ kind }) => kind),
              })}
            />
          )}
        </div>
      )}
      {rows.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        <div className="table-scroll" role="region" aria-label={caption} tabIndex={0}>
          <table className="table">
            <caption className="hidden">{caption}</caption>
            <thead>
              <tr>
                {columns.map(({ id, title, numeric }) => (
                  <th
                    key={id}
                    scope="col"
                    className={numeric ? 'numeric' : undefined}
                    aria-sort={order?.id === id ? (order.down ? 'descending' : 'ascending') : undefined}
                  >
                    <button type="button" className="table-sort" onClick={() => turn(id)}>
                      {title}
                      <span aria-hidden="true">{order?.id === id ? (order.down ? ' ↓' : ' ↑') : ''}</span>
                    </button>
                  </th>
                ))}
                {actions && (
                  <th scope="col" className="acts">
                    <span className="hidden">{t('supervision.actions')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {shown.map(row => (
                <tr key={keyOf(row)}>
                  {columns.map(({ id, title, value, show, numeric, kind }, index) => {
                    const content = show ? show(row) : breaking(value(row));
                    // A day or an instant reads as one word.
                    const looks = numeric ? 'numeric' : kind === undefined ? undefined : 'nowrap';
                    return index === 0 ? (
                      <th key={id} scope="row" className={looks}>
                        {content}
                      </th>
                    ) : (
                      <td key={id} className={looks} data-title={title}>
                        {content}
                      </td>
                    );
                  })}
                  {actions && (
                    <td className="acts">
                      <div className="row end">{actions(row)}</div>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** A cell in which an address or a code may go on below: one that may not makes its column wider than the page. */
const breaking = (cell: Cell): ReactNode =>
  typeof cell === 'string'
    ? cell.split(/(?<=[\w-][._@/])(?=\w)/).flatMap((piece, at) => (at === 0 ? [piece] : [<wbr key={at} />, piece]))
    : cell;

interface TakeAwayProps {
  readonly file: string;
  /** What is taken away, for whoever hears the buttons. */
  readonly what: string;
  readonly sheet: () => Sheet;
}

function TakeAway({ file, what, sheet }: TakeAwayProps) {
  const { t } = useTranslation();
  const { busy, take } = useTakeAway();
  return (['csv', 'xlsx'] as const).map(ending => (
    <Button key={ending} icon="file" kind="quiet" disabled={busy} onPress={() => take(file, ending, sheet)}>
      {t(`app.${ending}`)}
      <span className="hidden">: {what}</span>
    </Button>
  ));
}
