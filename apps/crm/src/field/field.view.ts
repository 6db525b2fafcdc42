import type { CaseFieldView } from '@filodiretto/contracts';
import { shownValue, type FieldDefinition } from '@filodiretto/domain';

/** A field of a case as PostgreSQL's JSON gives it. */
export interface FieldJson {
  readonly value: unknown;
  readonly schema: string;
  readonly definition: FieldDefinition;
}

/**
 * SQL of the fields of the case `c`, in the order of the version they were written under. What the newest version keeps
 * confidential is so whatever it was when it was written.
 */
export const FIELDS = `(
  select coalesce(json_agg(json_build_object('value', f.value, 'schema', f.schema_id, 'definition',
    case when exists (
      select from category_schema n cross join lateral jsonb_array_elements(n.fields) e(field)
      where n.category_id = s.category_id and n.version = (select max(version) from category_schema where category_id = s.category_id)
        and e.field->>'code' = f.code and e.field->>'confidential' = 'true')
    then d.field || '{"confidential": true}' else d.field end) order by s.version, d.n), '[]')
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
