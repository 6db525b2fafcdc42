import { Inject, Injectable } from '@nestjs/common';
import { WriteOperator, type Role } from '@filodiretto/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { LockedTree } from '../office/locked-tree.js';
import { Operators } from '../operator/operators.js';
import { isRefused, type Refused } from '../refused.js';
import type { FileRow } from './csv.js';
import { listOf, type Mutable } from './office-file.js';
import { columnOf, type Tally } from './report.js';

/** The columns of a file of operators. Lists are separated by `|`; a membership is `office:role:tier`, the office by its code. */
export const OPERATOR_COLUMNS = [
  'code',
  'name',
  'role',
  'office',
  'email',
  'phone',
  'languages',
  'memberships',
] as const;
type OperatorColumn = (typeof OPERATOR_COLUMNS)[number];

const COLUMNS: ReadonlySet<string> = new Set(OPERATOR_COLUMNS);
const CODE = /^[\w.@:-]{1,100}$/;

interface Known {
  readonly id: string;
  readonly code: string;
  readonly now: WriteOperator;
}

type MayGive = (roles: readonly string[]) => Promise<Refused | undefined>;

/** Operators from files and to files. */
@Injectable()
export class OperatorFile {
  constructor(@Inject(Operators) private readonly operators: Operators) {}

  /** The rows of the active operators, by name. */
  async rows(manager: EntityManager, administrationId: string): Promise<Record<OperatorColumn, string>[]> {
    return manager.query(
      `select p.code, p.name, p.role, o.code as office, coalesce(p.email, '') as email, coalesce(p.phone, '') as phone,
         array_to_string(p.languages, '|') as languages,
         coalesce((select string_agg(f.code || ':' || m.role || ':' || m.tier, '|' order by f.id <> p.office_id, f.code)
           from membership m join office f on f.id = m.office_id where m.operator_id = p.id), '') as memberships
       from operator p join office o on o.id = p.office_id
       where p.administration_id = $1 and p.active order by p.name, p.id`,
      [administrationId],
    );
  }

  /** `mayGive`: the refusal of roles that are not for who sends the file to give. */
  async take(tree: LockedTree, rows: AsyncIterable<FileRow>, tally: Tally, mayGive: MayGive): Promise<void> {
    const known = await operatorsNow(tree);
    const seen = new Set<string>();
    for await (const row of rows) {
      tally.row();
      const { line, cells } = row;
      const code = cells.get('code') ?? '';
      const said = saidOf(row, tree, tally);
      if (!said) continue;
      if (seen.has(code)) tally.wrong(line, 'code', 'is there twice');
      else await this.one(tree, line, code, known.get(code), said, tally, mayGive);
      seen.add(code);
    }
  }

  private async one(
    tree: LockedTree,
    line: number,
    code: string,
    known: Known | undefined,
    said: object,
    tally: Tally,
    mayGive: MayGive,
  ): Promise<void> {
    const asked = wholeOf(known?.now, said);
    const mistakes = validateSync(asked);
    for (const { property, constraints, children } of mistakes)
      for (const detail of [...Object.values(constraints ?? {}), ...(children ?? []).flatMap(wordsOf)])
        tally.wrong(line, columnOf(`/${property}`), detail);
    if (mistakes.length > 0) return;
    if (known && fingerprint(known.now) === fingerprint(asked)) return tally.done(line, code, 'unchanged');
    const result =
      (await mayGive([asked.role, ...(known ? [known.now.role] : [])])) ??
      (known
        ? await this.operators.write(tree, known.id, asked)
        : await this.operators.make(tree, v7(), { ...asked, code }));
    if (isRefused(result)) tally.refuse(line, result);
    else tally.done(line, code, known ? 'changed' : 'made');
  }
}

const wordsOf = ({ constraints, children }: ValidationError): string[] => [
  ...Object.values(constraints ?? {}),
  ...(children ?? []).flatMap(wordsOf),
];

async function operatorsNow({ manager, administrationId }: LockedTree): Promise<Map<string, Known>> {
  const rows: (Record<string, unknown> & { id: string; code: string })[] = await manager.query(
    `select p.id, p.code, p.name, p.role, p.office_id as office, p.email, p.phone, p.languages,
       (select coalesce(jsonb_agg(jsonb_build_object('office', m.office_id, 'role', m.role, 'tier', m.tier)), '[]')
        from membership m where m.operator_id = p.id) as memberships
     from operator p where p.administration_id = $1`,
    [administrationId],
  );
  return new Map(rows.map(({ id, code, ...row }) => [code, { id, code, now: wholeOf(undefined, row) }]));
}

const wholeOf = (before: WriteOperator | undefined, said: object): WriteOperator =>
  plainToInstance(
    WriteOperator,
    Object.fromEntries(
      Object.entries({ ...before, ...said }).filter(
        ([, value]) => value !== null && value !== undefined && value !== '',
      ),
    ),
  );

/** The same for two that say the same. */
const fingerprint = ({ name, role, office, email, phone, languages, memberships }: WriteOperator): string =>
  JSON.stringify([
    name,
    role,
    office,
    email ?? null,
    phone ?? null,
    languages ?? [],
    (memberships ?? []).map(one => [one.office, one.role, one.tier].join(':')).sort(),
  ]);

function saidOf({ line, cells }: FileRow, tree: LockedTree, tally: Tally): object | undefined {
  let right = true;
  const wrong = (column: string, detail: string): undefined => {
    right = false;
    tally.wrong(line, column, detail);
  };
  for (const [column, cell] of cells)
    if (!COLUMNS.has(column)) wrong(column, 'is not a column of such a file');
    else if (cell.includes('\ufffd')) wrong(column, 'is not UTF-8: save the file as CSV UTF-8');
  const officeOf = (column: string, code: string): string | undefined =>
    tree.byCode(code)?.id ?? wrong(column, `there is no office with the code "${code}"`);
  const said: Partial<Mutable<WriteOperator>> = {};
  const text = (column: OperatorColumn, set: (cell: string) => void): void => {
    const cell = cells.get(column);
    if (cell !== undefined) set(cell);
  };
  text('name', cell => (said.name = cell));
  text('role', cell => (said.role = cell as Role));
  text('email', cell => (said.email = cell));
  text('phone', cell => (said.phone = cell));
  text('languages', cell => (said.languages = listOf(cell)));
  text('office', cell => {
    const office = officeOf('office', cell);
    if (office !== undefined) said.office = office;
  });
  text('memberships', cell => {
    said.memberships = listOf(cell).flatMap(one => {
      const [office = '', role = '', tier = ''] = one.split(':');
      const id = officeOf('memberships', office);
      return id === undefined ? [] : [{ office: id, role: role as Role, tier: Number(tier) }];
    });
  });
  if (!CODE.test(cells.get('code') ?? '')) wrong('code', 'must be letters, digits, dots, dashes');
  return right ? said : undefined;
}
