import { Inject, Injectable } from '@nestjs/common';
import { WriteOffice, type OfficeKind } from '@filodiretto/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { LockedTree, type TreeOffice } from '../office/locked-tree.js';
import { Offices } from '../office/offices.js';
import { isRefused } from '../refused.js';
import type { FileRow } from './csv.js';
import { OfficeWeeks, saidWeek, type SaidWeek, type WeeksNow } from './office-weeks.js';
import type { Tally } from './report.js';

/**
 * The columns of a file of offices. Lists are separated by `|`; people, topics, suppliers and lots are named by their codes;
 * hours and closures are said as `readHours` and `readClosures` read them.
 */
export const OFFICE_COLUMNS = [
  'code',
  'name',
  'kind',
  'parent',
  'tier',
  'email',
  'phone',
  'address',
  'responsible',
  'substitutes',
  'substitute_power_holder',
  'topics',
  'supplier',
  'lot',
  'patron_saint',
  'open_on_holidays',
  'ipa_code',
  'hours',
  'closures',
] as const;
type OfficeColumn = (typeof OFFICE_COLUMNS)[number];

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Said = Partial<Mutable<WriteOffice>>;

/** What a row asks of an office. What it does not say stays as it is. */
export interface OfficeEntry {
  readonly line: number;
  readonly code: string;
  readonly known: (tree: LockedTree) => TreeOffice | undefined;
  /** Where it stands; `undefined`: not there yet, perhaps made by a later row. Absent: where it stood. */
  readonly parent?: (tree: LockedTree) => TreeOffice | undefined;
  /** What to say of the parent when it never comes. */
  readonly parentColumn: string;
  readonly said: (parent: TreeOffice | undefined, before: WriteOffice | undefined) => Said;
  /** When it is open and closed; absent: as it was. */
  readonly week?: SaidWeek;
}

const CODE = /^[\w.:-]{1,100}$/;
const CODES: Readonly<Record<'operator' | 'topic' | 'supplier' | 'lot', string>> = {
  operator: 'select code, id from operator where administration_id = $1',
  topic: 'select code, id from topic where administration_id = $1',
  supplier: 'select code, id from supplier where administration_id = $1',
  lot: 'select code, id from lot where administration_id = $1',
};

const NOW = `
  select o.id, o.name, o.kind, o.tier, o.email, o.phone, o.address, o.ipa_code as "ipaCode", o.responsible_id as responsible,
    o.substitute_power_holder_id as "substitutePowerHolder", o.supplier_id as supplier, o.lot_id as lot,
    o.patron_saint as "patronSaint", o.open_on_holidays as "openOnHolidays",
    array(select s.operator_id from office_substitute s where s.office_id = o.id order by s.position) as substitutes,
    array(select t.topic_id from office_topic t where t.office_id = o.id order by t.topic_id) as topics
  from office o where o.administration_id = $1`;

/** Offices from files and to files. */
@Injectable()
export class OfficeFile {
  constructor(
    @Inject(Offices) private readonly offices: Offices,
    @Inject(OfficeWeeks) private readonly weeks: OfficeWeeks,
  ) {}

  /** The rows of the active offices, each after the one above it. */
  async rows(manager: EntityManager, administrationId: string): Promise<Record<OfficeColumn, string>[]> {
    const weeks = await this.weeks.now(manager, administrationId);
    const rows: (Record<Exclude<OfficeColumn, 'hours' | 'closures'>, string> & { id: string })[] = await manager.query(
      `with recursive line as (
         select o.id, array[o.name, o.id::text] as place from office o where o.id = $1
         union all
         select o.id, l.place || array[o.name, o.id::text] from line l join office o on o.parent_id = l.id and o.active
       )
       select o.id, o.code, o.name, o.kind, coalesce(u.code, '') as parent, o.tier::text, coalesce(o.email, '') as email,
         coalesce(o.phone, '') as phone, coalesce(o.address, '') as address, coalesce(r.code, '') as responsible,
         coalesce((select string_agg(p.code, '|' order by s.position) from office_substitute s
           join operator p on p.id = s.operator_id where s.office_id = o.id), '') as substitutes,
         coalesce(h.code, '') as substitute_power_holder,
         coalesce((select string_agg(t.code, '|' order by t.code) from office_topic x
           join topic t on t.id = x.topic_id where x.office_id = o.id), '') as topics,
         coalesce(s.code, '') as supplier, coalesce(b.code, '') as lot, coalesce(o.patron_saint, '') as patron_saint,
         o.open_on_holidays::text as open_on_holidays, coalesce(o.ipa_code, '') as ipa_code
       from line l join office o on o.id = l.id left join office u on u.id = o.parent_id
       left join operator r on r.id = o.responsible_id left join operator h on h.id = o.substitute_power_holder_id
       left join supplier s on s.id = o.supplier_id left join lot b on b.id = o.lot_id order by l.place`,
      [administrationId],
    );
    return rows.map(({ id, ...row }) => ({ ...row, ...weeks.words(id) }));
  }

  /** Takes in a file of ours. */
  async take(tree: LockedTree, rows: AsyncIterable<FileRow>, tally: Tally): Promise<void> {
    const codes = await codesOf(tree);
    const entries: OfficeEntry[] = [];
    for await (const row of rows) {
      tally.row();
      const entry = entryOf(row, codes, tally);
      if (entry && entries.some(({ code }) => code === entry.code)) tally.wrong(entry.line, 'code', 'is there twice');
      else if (entry) entries.push(entry);
    }
    await this.carryOut(tree, entries, tally);
  }

  /** Makes and changes offices, those above before those below, whatever the order of the rows. */
  async carryOut(tree: LockedTree, entries: readonly OfficeEntry[], tally: Tally): Promise<void> {
    const now = { offices: await officesNow(tree), weeks: await this.weeks.now(tree.manager, tree.administrationId) };
    for (let waiting = entries; waiting.length > 0;) {
      const later: OfficeEntry[] = [];
      for (const entry of waiting) {
        const parent = entry.parent?.(tree);
        if (entry.parent && !parent) later.push(entry);
        else await this.one(tree, entry, parent, now, tally);
      }
      if (later.length === waiting.length) {
        for (const { line, parentColumn } of later)
          tally.wrong(line, parentColumn, 'there is no office with this code');
        return;
      }
      waiting = later;
    }
  }

  private async one(
    tree: LockedTree,
    entry: OfficeEntry,
    parent: TreeOffice | undefined,
    now: { readonly offices: ReadonlyMap<string, WriteOffice>; readonly weeks: WeeksNow },
    tally: Tally,
  ): Promise<void> {
    const { line, code } = entry;
    const known = entry.known(tree);
    const before = known && now.offices.get(known.id);
    const asked = wholeOf(before, entry.said(parent, before));
    const mistakes = validateSync(asked);
    for (const { property, constraints } of mistakes)
      tally.refuse(line, {
        refused: 'invalid-input',
        detail: '',
        errors: Object.values(constraints ?? {}).map(detail => ({ pointer: `/${property}`, detail })),
      });
    if (mistakes.length > 0) return;
    if (!known) {
      if (!CODE.test(code)) return tally.wrong(line, 'code', 'must be letters, digits, dots, dashes');
      if (!parent) return tally.wrong(line, entry.parentColumn, 'a new office stands under another: say which');
      const made = await this.offices.make(tree, v7(), { ...asked, code, parent: parent.id });
      if (isRefused(made)) return tally.refuse(line, made);
      const kept = await this.weeks.keep(tree, made.id, entry.week, now.weeks);
      return isRefused(kept) ? tally.refuse(line, kept) : tally.done(line, code, 'made');
    }
    let changed = false;
    if (parent && parent.id !== known.parent) {
      const moved = await this.offices.move(tree, known.id, parent.id);
      if (isRefused(moved)) return tally.refuse(line, moved);
      changed = true;
    }
    if (!before || fingerprint(asked) !== fingerprint(before)) {
      const written = await this.offices.write(tree, known.id, asked);
      if (isRefused(written)) return tally.refuse(line, written);
      changed = true;
    }
    const kept = await this.weeks.keep(tree, known.id, entry.week, now.weeks);
    if (isRefused(kept)) return tally.refuse(line, kept);
    tally.done(line, code, changed || kept.changed ? 'changed' : 'unchanged');
  }
}

type Codes = Readonly<Record<keyof typeof CODES, ReadonlyMap<string, string>>>;

async function codesOf({ manager, administrationId }: LockedTree): Promise<Codes> {
  const read = async (table: keyof typeof CODES): Promise<ReadonlyMap<string, string>> => {
    const rows: { code: string; id: string }[] = await manager.query(CODES[table], [administrationId]);
    return new Map(rows.map(({ code, id }) => [code, id]));
  };
  return {
    operator: await read('operator'),
    topic: await read('topic'),
    supplier: await read('supplier'),
    lot: await read('lot'),
  };
}

async function officesNow({ manager, administrationId }: LockedTree): Promise<Map<string, WriteOffice>> {
  const rows: (Record<string, unknown> & { id: string })[] = await manager.query(NOW, [administrationId]);
  return new Map(rows.map(({ id, ...row }) => [id, wholeOf(undefined, row)]));
}

/** What is said over what is there, as the API would be sent it: what is empty is left out. */
const wholeOf = (before: WriteOffice | undefined, said: object): WriteOffice =>
  plainToInstance(
    WriteOffice,
    Object.fromEntries(
      Object.entries({ ...before, ...said }).filter(
        ([, value]) => value !== null && value !== undefined && value !== '',
      ),
    ),
  );

/** The same for two that say the same. */
const fingerprint = (office: WriteOffice): string =>
  JSON.stringify(
    Object.entries({
      openOnHolidays: false,
      substitutes: [],
      ...office,
      topics: [...(office.topics ?? [])].sort(),
    }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export const listOf = (cell: string): string[] =>
  cell
    .split('|')
    .map(one => one.trim())
    .filter(one => one !== '');

const COLUMNS: ReadonlySet<string> = new Set(OFFICE_COLUMNS);

function entryOf({ line, cells }: FileRow, codes: Codes, tally: Tally): OfficeEntry | undefined {
  let right = true;
  const wrong = (column: string, detail: string): undefined => {
    right = false;
    tally.wrong(line, column, detail);
  };
  for (const [column, cell] of cells)
    if (!COLUMNS.has(column)) wrong(column, 'is not a column of such a file');
    else if (cell.includes('\ufffd')) wrong(column, 'is not UTF-8: save the file as CSV UTF-8');
  const idOf = (table: keyof typeof CODES, column: string, code: string): string | undefined =>
    codes[table].get(code) ?? wrong(column, `there is no ${table} with the code "${code}"`);
  const said: Said = {};
  const text = (column: OfficeColumn, set: (cell: string) => void): void => {
    const cell = cells.get(column);
    if (cell !== undefined) set(cell);
  };
  const named = (column: OfficeColumn, table: keyof typeof CODES, set: (id: string | undefined) => void): void =>
    text(column, cell => set(cell === '' ? undefined : idOf(table, column, cell)));
  text('name', cell => (said.name = cell));
  text('kind', cell => (said.kind = cell.toLowerCase() as OfficeKind));
  text('tier', cell => (said.tier = Number(cell)));
  text('email', cell => (said.email = cell));
  text('phone', cell => (said.phone = cell));
  text('address', cell => (said.address = cell));
  text('patron_saint', cell => (said.patronSaint = cell));
  text('ipa_code', cell => (said.ipaCode = cell));
  text('open_on_holidays', cell => (said.openOnHolidays = /^(true|1|s[iì]|yes|x)$/i.test(cell)));
  named('responsible', 'operator', id => (said.responsible = id));
  named('substitute_power_holder', 'operator', id => (said.substitutePowerHolder = id));
  named('supplier', 'supplier', id => (said.supplier = id));
  named('lot', 'lot', id => (said.lot = id));
  text(
    'substitutes',
    cell => (said.substitutes = listOf(cell).flatMap(one => idOf('operator', 'substitutes', one) ?? [])),
  );
  text('topics', cell => (said.topics = listOf(cell).flatMap(one => idOf('topic', 'topics', one) ?? [])));
  const week = saidWeek(cells, wrong);
  const code = cells.get('code') ?? '';
  if (code === '') wrong('code', 'must be said');
  if (!right) return undefined;
  const above = cells.get('parent');
  return {
    line,
    code,
    known: tree => tree.byCode(code),
    ...(above ? { parent: (tree: LockedTree) => tree.byCode(above) } : {}),
    parentColumn: 'parent',
    said: () => said,
    week,
  };
}
