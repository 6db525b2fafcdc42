import type { CaseFieldView } from '@filodiretto/contracts';
import { shownValue, type FieldDefinition } from '@filodiretto/domain';

/** A field of a case as PostgreSQL's JSON gives it. */
export interface FieldJson {
  readonly value: unknown;
  readonly schema: string;
  readonly definition: FieldDefinition;
}

/** SQL of the fields of the case `c`, in the order of the version they were written under. */
export const FIELDS = `(
  select coalesce(json_agg(json_build_object('value', f.value, 'schema', f.schema_id, 'definition', d.field) order by s.version, d.n), '[]')
  from case_field f join category_schema s on s.id = f.schema_id
  cross join lateral (select field, n from jsonb_array_elements(s.fields) with ordinality e(field, n) where field->>'code' = f.code) d
  where f.case_id = c.id)`;

export const fieldView = ({ value, schema, definition }: FieldJson): CaseFieldView => ({
  code: definition.code,
  label: definition.label,
  type: definition.type,
  held: { value },
  shown: shownValue(definition, value),
  citizen: definition.citizen,
  schema,
});
