import { writeFile } from 'node:fs/promises';
import { caseNumber, DEFAULT_QUEUE, type Command } from '@filodiretto/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { v5, v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import { CaseNumbers, yearOf } from '../case/case-numbers.js';
import { Ledger } from '../case/ledger.js';
import { Clock } from '../clock.js';
import { isRefused } from '../refused.js';
import { CrmSettings } from '../settings.js';
import {
  ABILITIES,
  CATEGORIES,
  emailOf,
  OFFICES,
  OPERATORS,
  PAST_CASES,
  QUEUES,
  RULES,
  type PastCase,
} from './city.js';
import { seedOrganisation } from './organisation.js';
import { TAGS, TEMPLATES } from './templates.js';
import { CAUSE, seedWork, type Services } from './work.js';

const NAMESPACE = '0f4c1c8e-6f1b-5f53-9d55-3c4a3f1e9a21';
const DAY_MS = 86_400_000;
const SEED_LOCK = 7_465_005;
const idOf = (kind: string, code: string): string => v5(`${kind} ${code}`, NAMESPACE);
const administrationId = idOf('office', 'comune');

interface Tools {
  /** Where the services are by which everybody else works. */
  readonly app: Services;
  /** Where the operators are written, for whoever shows the demonstration. */
  readonly file?: string | undefined;
}

/** Brings the invented city into a database that is empty; into any other it brings nothing. Writes the operators' file. */
export async function seedDemonstration(dataSource: DataSource, tools: Tools): Promise<void> {
  await dataSource.transaction(async manager => {
    await manager.query('select pg_advisory_xact_lock($1)', [SEED_LOCK]);
    const [found]: { exists: boolean }[] = await manager.query('select exists (select from office)');
    if (!found?.exists) await seed(manager, tools.app);
    await linkOperators(manager, tools.app.get(CrmSettings).oidcIssuer);
  });
  if (tools.file)
    await writeFile(tools.file, `${JSON.stringify({ operators: operators() }, null, 2)}\n`, { mode: 0o600 });
}

/** The people of the city are known by their codes at the identity provider of this start. */
async function linkOperators(manager: EntityManager, issuer: string): Promise<void> {
  await manager.query(
    `insert into operator_identity (id, administration_id, operator_id, issuer, subject, linked_by)
     select gen_random_uuid(), administration_id, id, $2, code, 'demonstration' from operator where id = any($1)
     on conflict do nothing`,
    [OPERATORS.map(({ code }) => idOf('operator', code)), issuer],
  );
}

/** The operators of the demonstration, as the identity provider is to know them. */
const operators = (): { name: string; office: string; subject: string; email: string; role: string }[] =>
  OPERATORS.map(({ name, office, code, role }) => ({
    name,
    office: OFFICES.find(one => one.code === office)?.name ?? office,
    subject: code,
    email: emailOf(code),
    role,
  }));

async function seed(manager: EntityManager, app: Services): Promise<void> {
  await insertAll(
    manager,
    'office',
    OFFICES.map(office => ({
      id: idOf('office', office.code),
      administrationId,
      parentId: office.in ? idOf('office', office.in) : null,
      code: office.code,
      name: office.name,
      kind: office.kind,
      tier: office.tier,
      email: emailOf(office.code),
    })),
  );
  await insertAll(
    manager,
    'operator',
    OPERATORS.map(({ code, name, office, role }) => ({
      id: idOf('operator', code),
      administrationId,
      officeId: idOf('office', office),
      code,
      name,
      role,
      email: emailOf(code),
      languages: ABILITIES[code]?.languages ?? [],
    })),
  );
  await insertAll(
    manager,
    'operator_skill',
    Object.entries(ABILITIES).flatMap(([code, { skills = {} }]) =>
      Object.entries(skills).map(([skill, level]) => ({ operatorId: idOf('operator', code), skill, level })),
    ),
  );
  await insertAll(
    manager,
    'queue_setting',
    Object.entries(QUEUES).map(([office, settings]) => ({
      officeId: idOf('office', office),
      administrationId,
      strategy: settings.strategy,
      settings: { ...DEFAULT_QUEUE, ...settings },
      updatedAt: new Date(),
    })),
  );
  await insertAll(
    manager,
    'category',
    CATEGORIES.map(({ code, label, office, kind }) => ({
      id: idOf('category', code),
      administrationId,
      code,
      label,
      officeId: idOf('office', office),
      kind,
    })),
  );
  await seedOrganisation(manager, administrationId, idOf);
  await insertAll(
    manager,
    'routing_rule',
    RULES.map((rule, index) => ({
      id: v7(),
      administrationId,
      position: (index + 1) * 10,
      name: null,
      enabled: true,
      conditions: {
        ...(rule.account ? { account: [rule.account] } : {}),
        ...(rule.form ? { form: [rule.form] } : {}),
        ...(rule.category ? { category: [rule.category] } : {}),
      },
      officeId: rule.office ? idOf('office', rule.office) : null,
      kind: rule.kind ?? null,
      priority: rule.priority ?? null,
      categoryId: rule.category ? idOf('category', rule.category) : null,
      skills: [],
      deadlinePolicy: null,
      tags: [],
    })),
  );
  await insertAll(
    manager,
    'template',
    TEMPLATES.map(template => ({
      id: idOf('template', template.code),
      administrationId,
      language: 'it',
      version: 1,
      createdAt: new Date(),
      updatedAt: new Date(),
      ...template,
    })),
  );
  await insertAll(
    manager,
    'tag',
    TAGS.map(tag => ({ id: idOf('tag', tag.code), administrationId, ...tag })),
  );
  await seedWork(manager, app, { administrationId, idOf, cases: () => pastCases(manager, app) });
}

/**
 * Cases as if citizens had come to the desk: opened, assigned, worked on and ended by the same commands as all others, some of
 * them at a moment that is past. Resolves to the ids of those that have a code.
 */
async function pastCases(manager: EntityManager, app: Services): Promise<ReadonlyMap<string, string>> {
  const ledger = app.get(Ledger);
  const numbers = app.get(CaseNumbers);
  const ids = new Map<string, string>();
  for (const past of PAST_CASES) {
    const at = new Date(app.get(Clock).now().getTime() - (past.daysAgo ?? 0) * DAY_MS);
    const [counter = 0] = await numbers.take(manager, administrationId, yearOf(at), 1);
    const contactId = v7();
    await insertAll(manager, 'contact', [
      { id: contactId, administrationId, name: past.contact, mergedInto: null, createdAt: at },
    ]);
    const caseId = v7();
    if (past.code) ids.set(past.code, caseId);
    const result = await ledger.asOf(at).execute(manager, {
      caseId,
      commands: commandsOf(past, { caseId, contactId, number: caseNumber(yearOf(at), counter) }),
      cause: CAUSE,
      opening: { subject: past.subject, channel: null, account: null, trackingHash: null },
    });
    if (isRefused(result)) throw new Error(`a past case was refused: ${result.detail}`);
  }
  return ids;
}

function commandsOf(
  past: PastCase,
  { caseId, contactId, number }: { readonly caseId: string; readonly contactId: string; readonly number: string },
): Command[] {
  const category = CATEGORIES.find(one => one.code === past.category);
  if (!category) throw new Error(`no category ${past.category}`);
  const desk = { kind: 'operator', id: idOf('operator', 'giulia.ferri') } as const;
  const holder = { kind: 'operator', id: idOf('operator', past.holder ?? 'giulia.ferri') } as const;
  const commands: Command[] = [
    {
      name: 'open',
      id: caseId,
      administration: administrationId,
      number,
      kind: category.kind,
      priority: past.priority ?? 'normal',
      category: idOf('category', category.code),
      contact: contactId,
      office: idOf('office', category.office),
      assignee: past.holder ? holder.id : null,
      why: `category:${category.code}`,
      by: desk,
    },
  ];
  if (past.taken) commands.push({ name: 'takeCharge', by: holder });
  if (past.ends) {
    const { outcome, reason } = past.ends;
    commands.push({ name: 'resolve', outcome, outcomeReason: reason, spoken: true, by: holder });
  }
  if (past.ends?.closed) commands.push({ name: 'close', by: { kind: 'system' } });
  return commands;
}
