import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conditions of a table that name categories by their ids, as a screen wrote them: by their codes, which is what is compared. */
const byCode = (table: string): string => `
  update ${table} t set conditions = jsonb_set(t.conditions, '{category}', (
    select jsonb_agg(o.code order by o.place) from (
      select coalesce(g.code, v.value) as code, min(v.place) as place
      from jsonb_array_elements_text(t.conditions->'category') with ordinality v(value, place)
        left join category g on g.administration_id = t.administration_id and g.id::text = lower(v.value)
      group by 1) o))
  where jsonb_typeof(t.conditions->'category') = 'array' and exists (
    select from jsonb_array_elements_text(t.conditions->'category') v(value)
      join category g on g.administration_id = t.administration_id and g.id::text = lower(v.value))`;

/** Routing rules and automations of a category that never held. */
export class CategoriesByCode0312 implements MigrationInterface {
  readonly name = 'CategoriesByCode1700000000312';
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['routing_rule', 'automation']) await runner.query(byCode(table));
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
