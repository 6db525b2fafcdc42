import { Inject, Injectable } from '@nestjs/common';
import type { CategoryFields, WriteFields } from '@filodiretto/contracts';
import {
  filledBy,
  missingFields,
  schemaMistakes,
  toldFields,
  valueMistakes,
  type Command,
  type FieldDefinition,
  type FieldValues,
  type ToldField,
} from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { at } from '../http/present.js';
import { staleness } from '../office/locked-tree.js';
import { refused, type Refused } from '../refused.js';

interface Schema {
  readonly id: string;
  readonly version: number;
  readonly fields: readonly FieldDefinition[];
  readonly created_at: Date;
}
/** A change of the fields of a case, checked: what its journal tells, and how it is written with it. */
export interface FieldChange {
  /** `undefined`: everything is so already. */
  readonly command: Omit<Extract<Command, { name: 'changeFields' }>, 'by'> | undefined;
  /** What is set, as a letter that leaves with it tells it. */
  readonly told: readonly ToldField[];
  write(): Promise<void>;
}

const NONE: FieldChange = { command: undefined, told: [], write: () => Promise.resolve() };

/** Fields of the administration's own: their schemas, version after version, and what cases hold in them. */
@Injectable()
export class Fields {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The newest version of a category's fields; `undefined` when the administration has no such category. */
  async of({ administrationId }: Asking, category: string): Promise<CategoryFields | undefined> {
    const known: unknown[] = await this.dataSource.query(
      'select from category where administration_id = $1 and id = $2',
      [administrationId, category],
    );
    if (known.length === 0) return undefined;
    const schema = await newest(this.dataSource.manager, category);
    return schema
      ? {
          version: schema.version,
          fields: [...schema.fields] as CategoryFields['fields'],
          createdAt: at(schema.created_at),
        }
      : { version: 0, fields: [] };
  }

  /** Writes a new version of a category's fields after the one that was seen; the same fields: nothing happens. */
  async write(
    manager: EntityManager,
    operator: Asking,
    { category, expectedVersion }: { readonly category: string; readonly expectedVersion: number },
    { fields }: WriteFields,
  ): Promise<object | Refused> {
    const known: unknown[] = await manager.query(
      'select from category where administration_id = $1 and id = $2 for update',
      [operator.administrationId, category],
    );
    if (known.length === 0) return refused('not-found', 'There is no such category.');
    const before = await newest(manager, category);
    const stale = staleness(before?.version ?? 0, expectedVersion);
    if (stale) return stale;
    const errors = schemaMistakes(fields);
    if (errors.length > 0) return { ...refused('invalid-input', 'The fields cannot be so.'), errors };
    await manager.query(
      `insert into category_schema (id, administration_id, category_id, version, fields, created_at, created_by)
       select $1, $2, $3, $4, $5::jsonb, $6, $7
       where not exists (select from category_schema where category_id = $3 and version = $4 - 1 and fields = $5::jsonb)`,
      [
        v7(),
        operator.administrationId,
        category,
        (before?.version ?? 0) + 1,
        JSON.stringify(fields),
        this.clock.now(),
        operator.id,
      ],
    );
    return {};
  }

  /** What values given for a case of a category mean, checked field by field; null takes one away. */
  async change(
    manager: EntityManager,
    {
      caseId,
      category,
      values,
      opening,
    }: {
      readonly caseId: string;
      readonly category: string | null;
      readonly values: FieldValues;
      readonly opening?: boolean;
    },
  ): Promise<FieldChange | Refused> {
    const schema = category === null ? undefined : await newest(manager, category);
    const fields = schema?.fields ?? [];
    const errors = [...valueMistakes(fields, values), ...(opening ? missingFields(fields, values, 'opening') : [])];
    if (errors.length > 0) return { ...refused('invalid-input', 'Some fields are not as they must be.'), errors };
    if (!schema) return NONE;
    const held: { code: string; value: unknown }[] = await manager.query(
      'select code, value from case_field where case_id = $1',
      [caseId],
    );
    const now = new Map(held.map(({ code, value }) => [code, JSON.stringify(value)]));
    const given = Object.entries(values);
    const set = given.filter(([code, value]) => value !== null && now.get(code) !== JSON.stringify(value));
    const cleared = given.flatMap(([code, value]) => (value === null && now.has(code) ? [code] : []));
    if (set.length + cleared.length === 0) return NONE;
    return {
      told: toldFields(
        set.flatMap(([code, value]) => {
          const definition = fields.find(one => one.code === code);
          return definition ? [{ definition, value }] : [];
        }),
      ),
      command: { name: 'changeFields', fields: set.map(([code]) => code), cleared, schema: schema.id },
      write: async () => {
        await manager.query('delete from case_field where case_id = $1 and code = any($2)', [caseId, cleared]);
        await manager.query(
          `insert into case_field (case_id, code, value, schema_id)
           select $1, r.code, r.value, $2 from jsonb_to_recordset($3::jsonb) r(code text, value jsonb)
           on conflict (case_id, code) do update set value = excluded.value, schema_id = excluded.schema_id`,
          [caseId, schema.id, JSON.stringify(set.map(([code, value]) => ({ code, value })))],
        );
      },
    };
  }

  /** Why a case cannot be resolved yet: a field that must be filled by then is not. */
  async whyNotResolve(manager: EntityManager, caseId: string): Promise<Refused | undefined> {
    const [row]: { fields: FieldDefinition[]; held: Record<string, unknown> }[] = await manager.query(
      `select s.fields, (select coalesce(jsonb_object_agg(f.code, f.value), '{}') from case_field f where f.case_id = c.id) as held
       from case_file c join category_schema s on s.category_id = c.category_id
       where c.id = $1 order by s.version desc limit 1`,
      [caseId],
    );
    const errors = row ? missingFields(row.fields, row.held, 'closing') : [];
    return errors.length > 0
      ? { ...refused('invalid-input', 'Some fields must be filled before the case is resolved.'), errors }
      : undefined;
  }

  /** What a form that opens a case of a category says in its fields, as a letter that leaves at once tells it. */
  async toldBy(manager: EntityManager, category: string, answers: FieldValues): Promise<ToldField[]> {
    const definitions = await this.definitions(manager, category);
    const values = filledBy(definitions, answers);
    return toldFields(
      definitions.flatMap(definition =>
        Object.hasOwn(values, definition.code) ? [{ definition, value: values[definition.code] }] : [],
      ),
    );
  }

  /** The fields that cases of a category have now. */
  async definitions(manager: EntityManager, category: string): Promise<readonly FieldDefinition[]> {
    return (await newest(manager, category))?.fields ?? [];
  }
}

async function newest(manager: EntityManager, category: string): Promise<Schema | undefined> {
  const rows: Schema[] = await manager.query(
    'select id, version, fields, created_at from category_schema where category_id = $1 order by version desc limit 1',
    [category],
  );
  return rows[0];
}
