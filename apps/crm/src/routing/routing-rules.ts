import { Inject, Injectable } from '@nestjs/common';
import type {
  CaseKind,
  ConditionsView,
  FieldProblem,
  NamedThing,
  Priority,
  RoutingRuleList,
  RoutingRuleView,
  SimulatedCase,
  SimulateRoutingRules,
  SimulationView,
  SkillNeed,
  WriteRoutingRule,
} from '@filodiretto/contracts';
import { CASE_KINDS } from '@filodiretto/contracts/model';
import { normalWords, route, sayConditions, type Rule, type SaidPart } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { Policies } from '../deadline/policies.js';
import { Calendars } from '../office/calendars.js';
import { refused, type Refused } from '../refused.js';
import { missingSql } from './missing.js';
import { areaSaid, areasOf, momentIn } from './route-books.js';
import { seenWith } from '../permission/seen.js';
import { isLevel } from '../confidentiality/confidentiality.js';

/** The distance between the places of two rules that follow each other: positions are what the journal names rules by. */
const STEP = 10;
const USUAL_CASES = 200;

const RULES = `
  select r.id, r.position, r.name, r.enabled, r.conditions, r.office_id, o.name as office_name, r.kind, r.priority, r.category_id,
    g.code as category_code, g.label as category_label, r.skills, r.deadline_policy, r.tags, r.confidentiality,
    ${missingSql('r')} || case when not o.active then array['office'] else '{}'::text[] end as missing
  from routing_rule r left join office o on o.id = r.office_id left join category g on g.id = r.category_id`;

interface RuleRow {
  readonly id: string;
  readonly position: number;
  readonly name: string | null;
  readonly enabled: boolean;
  readonly conditions: ConditionsView;
  readonly office_id: string | null;
  readonly office_name: string | null;
  readonly kind: CaseKind | null;
  readonly priority: Priority | null;
  readonly category_id: string | null;
  readonly category_code: string | null;
  readonly category_label: string | null;
  readonly skills: SkillNeed[];
  readonly deadline_policy: string | null;
  readonly confidentiality: string | null;
  readonly tags: string[];
  readonly missing: NamedThing[];
}

interface PastCase {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly channel: string;
  readonly account: string | null;
  readonly opened_at: Date;
  readonly office_id: string | null;
  readonly went: string | null;
  readonly words: string | null;
  readonly form: string | null;
  readonly category: string | null;
  readonly language: string | null;
  readonly known: boolean;
  readonly received_at: Date | null;
  /** What was said, where a place may be in it. */
  readonly parts: readonly SaidPart[];
}

/** The routing rules of an administration: written, ordered, tried on what came before. */
@Injectable()
export class RoutingRules {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Policies) private readonly policies: Policies,
  ) {}

  async list({ administrationId }: Asking): Promise<RoutingRuleList> {
    const rows: RuleRow[] = await this.dataSource.query(`${RULES} where r.administration_id = $1 order by r.position`, [
      administrationId,
    ]);
    return { items: rows.map(viewOf) };
  }

  async one({ administrationId }: Asking, id: string): Promise<RoutingRuleView | undefined> {
    const rows: RuleRow[] = await this.dataSource.query(`${RULES} where r.administration_id = $1 and r.id = $2`, [
      administrationId,
      id,
    ]);
    return rows.map(viewOf)[0];
  }

  /** Adds a rule after all others. */
  async add(manager: EntityManager, operator: Asking, id: string, asked: WriteRoutingRule): Promise<object | Refused> {
    const no = await mistakes(manager, this.policies, operator, asked);
    if (no) return no;
    const { administrationId } = operator;
    await manager.query('select from office where id = $1 for no key update', [administrationId]);
    const [last]: { position: number }[] = await manager.query(
      'select coalesce(max(position), 0) as position from routing_rule where administration_id = $1',
      [administrationId],
    );
    await insertAll(manager, 'routing_rule', [
      { id, administrationId, position: (last?.position ?? 0) + STEP, ...columnsOf(asked) },
    ]);
    return { id };
  }

  /** Writes a rule anew, in its place. */
  async write(
    manager: EntityManager,
    operator: Asking,
    id: string,
    asked: WriteRoutingRule,
  ): Promise<object | Refused> {
    const no = await mistakes(manager, this.policies, operator, asked);
    if (no) return no;
    const rule = columnsOf(asked);
    const changed: [unknown, number] = await manager.query(
      `update routing_rule set name = $3, enabled = $4, conditions = $5, office_id = $6, kind = $7, priority = $8,
         category_id = $9, skills = $10, deadline_policy = $11, tags = $12, confidentiality = $13
       where administration_id = $1 and id = $2`,
      [
        operator.administrationId,
        id,
        rule.name,
        rule.enabled,
        JSON.stringify(rule.conditions),
        rule.officeId,
        rule.kind,
        rule.priority,
        rule.categoryId,
        JSON.stringify(rule.skills),
        rule.deadlinePolicy,
        rule.tags,
        rule.confidentiality,
      ],
    );
    return changed[1] === 1 ? { id } : NO_RULE;
  }

  async remove(manager: EntityManager, operator: Asking, id: string): Promise<object | Refused> {
    const removed: [unknown, number] = await manager.query(
      'delete from routing_rule where administration_id = $1 and id = $2',
      [operator.administrationId, id],
    );
    return removed[1] === 1 ? { id } : NO_RULE;
  }

  /** Puts the rules in an order; all of them must be named, each once. */
  async order(manager: EntityManager, operator: Asking, ids: readonly string[]): Promise<object | Refused> {
    const rows: { id: string }[] = await manager.query(
      'select id from routing_rule where administration_id = $1 for update',
      [operator.administrationId],
    );
    const all = new Set(rows.map(row => row.id));
    if (ids.length !== all.size || new Set(ids).size !== ids.length || !ids.every(id => all.has(id)))
      return {
        ...refused('invalid-input', 'Somebody changed the rules, or the order is not one of all of them.'),
        errors: [{ pointer: '/rules', detail: 'all rules of the administration, each once' }],
      };
    await manager.query('set constraints routing_rule_position deferred');
    await manager.query(
      `update routing_rule r set position = o.place * ${STEP} from unnest($1::uuid[]) with ordinality o(id, place) where r.id = o.id`,
      [ids],
    );
    return { ids };
  }

  /** Where the last cases that came by a channel would go, compared with where they went. Changes nothing. */
  async simulate(operator: Asking, asked: SimulateRoutingRules): Promise<SimulationView | Refused> {
    const { administrationId } = operator;
    const { manager } = this.dataSource;
    for (const [index, rule] of (asked.rules ?? []).entries()) {
      const no = await mistakes(manager, this.policies, operator, rule, `/rules/${index}`);
      if (no) return no;
    }
    const rules = asked.rules
      ? asked.rules.map((rule, index) => ruleOf(`draft-${index + 1}`, (index + 1) * STEP, rule))
      : await this.stored(administrationId);
    const [offices, categories, past, calendar, areas] = await Promise.all([
      manager.query<{ id: string; name: string }[]>('select id, name from office where administration_id = $1', [
        administrationId,
      ]),
      manager.query<{ id: string; code: string; officeId: string | null; kind: CaseKind }[]>(
        'select id, code, office_id as "officeId", kind from category where administration_id = $1 and active',
        [administrationId],
      ),
      pastCases(manager, operator, asked.cases ?? USUAL_CASES),
      this.calendars.calendarOf(manager, administrationId, null),
      rules.some(({ when }) => when.area) ? areasOf(manager, administrationId) : [],
    ]);
    const names = new Map(offices.map(one => [one.id, one]));
    const items = past.map((one): SimulatedCase => {
      const would = route(
        {
          channel: one.channel,
          account: one.account,
          form: one.form,
          category: one.category,
          language: one.language,
          text: one.words ?? one.subject,
          area: areaSaid(areas, one.parts),
          knownContact: one.known,
          moment: momentIn(calendar, one.received_at ?? one.opened_at),
        },
        { rules: rules.map(rule => ({ ...rule, enabled: true })), categories, defaultOffice: null },
      );
      const ref = (id: string | null) => (id === null ? undefined : names.get(id));
      return {
        case: one.id,
        number: one.number,
        subject: one.subject,
        verdict: would.office === one.went ? 'same' : would.office === one.office_id ? 'mended' : 'other',
        kind: would.kind,
        priority: would.priority,
        sentence: would.sentence,
        ...present({ went: ref(one.went), isNow: ref(one.office_id), would: ref(would.office) }),
      };
    });
    const count = (verdict: SimulatedCase['verdict']): number => items.filter(one => one.verdict === verdict).length;
    return {
      cases: items.length,
      same: count('same'),
      mended: count('mended'),
      other: count('other'),
      items,
    };
  }

  private async stored(administrationId: string): Promise<Rule[]> {
    const rows: RuleRow[] = await this.dataSource.query(`${RULES} where r.administration_id = $1`, [administrationId]);
    return rows.map(row => ({
      id: row.id,
      position: row.position,
      name: row.name,
      enabled: row.enabled,
      when: row.conditions,
      officeId: row.office_id,
      kind: row.kind,
      priority: row.priority,
      categoryId: row.category_id,
      skills: row.skills,
      deadlinePolicy: row.deadline_policy,
      confidentiality: row.confidentiality,
      tags: row.tags,
    }));
  }
}

const NO_RULE = refused('not-found', 'There is no such rule.');

const pastCases = (
  manager: EntityManager,
  { administrationId, sight }: Asking,
  count: number,
  parameters: unknown[] = [administrationId, count],
): Promise<PastCase[]> =>
  manager.query(
    `select c.id, c.number, c.subject, c.channel, c.account, c.opened_at, c.office_id,
       (select (j.data->>'office')::uuid from journal j where j.case_id = c.id and j.fact = 'assigned' order by j.version limit 1)
         as went,
       concat_ws(' ', m.subject, m.text) as words,
       m.received_at,
       coalesce(m.evidence #>> '{hints,form}',
         (select p->>'form' from jsonb_array_elements(m.content) p where p->>'type' = 'form' limit 1)) as form,
       -- What the citizen chose; of what came before that was kept, the category that gave the office.
       coalesce(m.evidence #>> '{hints,category}', (select g.code from category g join journal a on a.case_id = c.id
         and a.fact = 'assigned' and a.data->>'why' = 'category:' || g.code
         where g.id = (o.data->>'category')::uuid limit 1)) as category,
       coalesce(m.evidence #>> '{hints,language}',
         (select w.language from work_item w where w.case_id = c.id order by w.queued_at limit 1)) as language,
       exists (select from case_file b where b.contact_id = c.contact_id and b.opened_at < c.opened_at) as known,
       (select coalesce(jsonb_agg(p), '[]') from jsonb_array_elements(m.content) p where p->>'type' in ('location', 'form')) as parts
     from (select c.* from case_file c where administration_id = $1 and channel is not null and ${seenWith(sight, parameters)}
           order by opened_at desc, id desc limit $2) c
     left join journal o on o.case_id = c.id and o.version = 1
     left join message m on m.id = (o.data->>'message')::uuid
     order by c.opened_at desc, c.id desc`,
    parameters,
  );

const columnsOf = (asked: WriteRoutingRule) => ({
  name: asked.name ?? null,
  enabled: asked.enabled ?? true,
  conditions: asked.when,
  officeId: asked.office ?? null,
  kind: asked.kind ?? null,
  priority: asked.priority ?? null,
  categoryId: asked.category ?? null,
  skills: asked.skills ?? [],
  deadlinePolicy: asked.deadlinePolicy ?? null,
  confidentiality: asked.confidentiality ?? null,
  tags: asked.tags ?? [],
});

const ruleOf = (id: string, position: number, asked: WriteRoutingRule): Rule => {
  const { conditions, ...rule } = columnsOf(asked);
  return { id, position, ...rule, when: conditions };
};

const viewOf = (row: RuleRow): RoutingRuleView => ({
  id: row.id,
  position: row.position,
  enabled: row.enabled,
  when: row.conditions,
  sentence: sayConditions(row.conditions),
  skills: row.skills,
  tags: row.tags,
  missing: row.missing,
  ...present({
    name: row.name,
    kind: row.kind,
    priority: row.priority,
    deadlinePolicy: row.deadline_policy,
    confidentiality: row.confidentiality,
  }),
  ...(row.office_id !== null && row.office_name !== null
    ? { office: { id: row.office_id, name: row.office_name } }
    : {}),
  ...(row.category_id !== null && row.category_code !== null && row.category_label !== null
    ? { category: { id: row.category_id, code: row.category_code, label: row.category_label } }
    : {}),
});

/** What of a rule cannot be: what it names and is not here, words that say nothing, a rule that gives nothing. */
async function mistakes(
  manager: EntityManager,
  policies: Policies,
  { administrationId }: Asking,
  rule: WriteRoutingRule,
  under = '',
): Promise<Refused | undefined> {
  const errors: FieldProblem[] = [];
  const wrong = (field: string, detail: string): void => void errors.push({ pointer: `${under}${field}`, detail });
  const exists = async (table: 'office' | 'category', id: string | undefined): Promise<boolean> =>
    id === undefined ||
    (
      await manager.query<unknown[]>(
        `select from ${table} where administration_id = $1 and id = $2${table === 'category' ? ' and active' : ''}`,
        [administrationId, id],
      )
    ).length > 0;
  if (!(await exists('office', rule.office))) wrong('/office', 'there is none of this id here');
  if (!(await exists('category', rule.category))) wrong('/category', 'there is none of this id in use here');
  if (rule.deadlinePolicy !== undefined && !(await begins(manager, policies, administrationId, rule.deadlinePolicy)))
    wrong('/deadlinePolicy', 'there is none of this code in use here about how a case begins');
  if (rule.confidentiality !== undefined && !(await isLevel(manager, administrationId, rule.confidentiality)))
    wrong('/confidentiality', 'there is no level of this code here');
  const tags = [...new Set(rule.tags)];
  if (tags.length > 0) {
    const known: unknown[] = await manager.query(
      'select from tag where administration_id = $1 and code = any($2::text[]) and retired_at is null',
      [administrationId, tags],
    );
    if (known.length < tags.length) wrong('/tags', 'each must be the code of a tag in use here');
  }
  const { words, hours, kind, ...lists } = rule.when;
  for (const [name, list] of Object.entries({ ...lists, kind }))
    if (Array.isArray(list) && list.length === 0) wrong(`/when/${name}`, 'at least one, or leave it out');
  for (const name of ['any', 'all', 'none'] as const)
    if (words?.[name]?.some(word => normalWords(word) === ''))
      wrong(`/when/words/${name}`, 'each must have a letter or a digit');
  if (kind?.some(one => !(CASE_KINDS as readonly string[]).includes(one)))
    wrong('/when/kind', `must be of: ${CASE_KINDS.join(', ')}`);
  if (hours?.weekdays?.some(day => !Number.isInteger(day) || day < 1 || day > 7))
    wrong('/when/hours/weekdays', 'days are from 1, Monday, to 7, Sunday');
  if (new Set(rule.skills?.map(one => one.skill)).size < (rule.skills?.length ?? 0))
    wrong('/skills', 'each skill once');
  return errors.length > 0 ? { ...refused('invalid-input', 'The rule cannot be like this.'), errors } : undefined;
}

/** Whether cases may begin under the policy of that code: what is asked of other offices has a term of its own. */
async function begins(
  manager: EntityManager,
  policies: Policies,
  administrationId: string,
  code: string,
): Promise<boolean> {
  const versions = (await policies.book(manager, administrationId)).policies.filter(policy => policy.code === code);
  const last = versions.at(-1);
  return last !== undefined && !last.retired && last.clock !== 'task';
}
