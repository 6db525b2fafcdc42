import { DataSource, DefaultNamingStrategy, type DataSourceOptions } from 'typeorm';
import { CaseFile } from './case/case-file.entity.js';
import { Idempotency } from './case/idempotency.entity.js';
import { InternalNote } from './case/internal-note.entity.js';
import { JournalEntry } from './case/journal.entity.js';
import { ContactAddress } from './contact/contact-address.entity.js';
import { ContactMerge } from './contact/contact-merge.entity.js';
import { Contact } from './contact/contact.entity.js';
import { Conversation } from './conversation/conversation.entity.js';
import { Attachment } from './message/attachment.entity.js';
import { LetterRow } from './letter/letter.entity.js';
import { Message } from './message/message.entity.js';
import { migrateJobs } from './job/job-schema.js';
import { guardTables } from './isolation/guarding.js';
import { ensureRoles, MACHINE_ROLE, PEOPLE_ROLE } from './isolation/roles.js';
import { PeopleDataSource } from './isolation/people-data-source.js';
import { MIGRATIONS } from './migrations/index.js';
import { Category } from './office/category.entity.js';
import { Office } from './office/office.entity.js';
import { Operator } from './operator/operator.entity.js';
import { OutboxRow } from './outbox/outbox.entity.js';
import { Parked } from './quarantine/parked.entity.js';
import { ReceptionItemRow } from './reception/reception-item.entity.js';
import { ChannelAccount } from './routing/channel-account.entity.js';
import { RoutingRule } from './routing/routing-rule.entity.js';

export const ENTITIES = [
  Attachment,
  CaseFile,
  Category,
  ChannelAccount,
  Contact,
  ContactAddress,
  ContactMerge,
  Conversation,
  Idempotency,
  InternalNote,
  JournalEntry,
  LetterRow,
  Message,
  Office,
  Operator,
  OutboxRow,
  Parked,
  ReceptionItemRow,
  RoutingRule,
];

class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? property.replace(/([A-Z])/g, '_$1').toLowerCase();
  }
}

/** How the core reaches its database. The schema comes from migrations alone. */
export const dataSourceOptions = (url: string, poolSize: number): Extract<DataSourceOptions, { type: 'postgres' }> => ({
  type: 'postgres',
  url,
  entities: ENTITIES,
  migrations: MIGRATIONS,
  namingStrategy: new SnakeCase(),
  synchronize: false,
  migrationsRun: false,
  poolSize,
  applicationName: 'filodiretto-crm',
  parseInt8: false,
  // Compiling a statement takes longer than any statement of ours may.
  extra: { connectionTimeoutMillis: 5_000, keepAlive: true, options: '-c jit=off' },
});

type PoolErrorHandler = (error: unknown) => void;

/** The same as a role that owns nothing: a session takes it as it begins. */
function asRole(
  role: string,
  { extra, ...options }: ReturnType<typeof dataSourceOptions>,
  poolErrorHandler: PoolErrorHandler,
  settings: readonly string[] = ['jit=off'],
): ReturnType<typeof dataSourceOptions> {
  const said = [`role=${role}`, ...settings].map(setting => `-c ${setting}`).join(' ');
  return { ...options, poolErrorHandler, extra: { ...(extra as object), options: said } };
}

/** Sessions of the core's own work, which sees every administration. It is asked by name: nobody comes to it by accident. */
export class MachineDataSource extends DataSource {
  static of(url: string, poolSize: number, poolErrorHandler: PoolErrorHandler): MachineDataSource {
    return new MachineDataSource(asRole(MACHINE_ROLE, dataSourceOptions(url, poolSize), poolErrorHandler));
  }
}

/** Sessions of people and programs, each transaction for one of them. They send a statement before the one before it is answered. */
export const peopleDataSource = (
  url: string,
  poolSize: number,
  machines: MachineDataSource,
  poolErrorHandler: PoolErrorHandler,
): PeopleDataSource => {
  const options = asRole(PEOPLE_ROLE, dataSourceOptions(url, poolSize), poolErrorHandler);
  return new PeopleDataSource({ ...options, extra: { ...(options.extra as object), pipeline: true } }, machines);
};

/**
 * Sessions of their own for what is written all day: their statements are planned once, for any values, and always go from row
 * to row by an index. A plan made while the tables were empty would else read them whole for as long as nothing makes it anew.
 */
export class BusyDataSource extends DataSource {
  static of(url: string, poolErrorHandler: PoolErrorHandler): BusyDataSource {
    return new BusyDataSource(
      asRole(MACHINE_ROLE, dataSourceOptions(url, BUSY_SESSIONS), poolErrorHandler, BUSY_PLANS),
    );
  }
}
/** Three transactions of intake, four of routing, what reads the journal, the relay, and what each asks beside them. */
const BUSY_SESSIONS = 18;
const BUSY_PLANS = [
  'jit=off',
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

/** One process at a time migrates; the others wait for it and find nothing to do. */
const MIGRATION_LOCK = 7_465_001;

/** Brings the schema up to date under a lock, as the owner of the tables. Resolves when every migration has run and every table has its rule. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await ensureRoles(dataSource);
      await dataSource.runMigrations({ transaction: 'each' });
      await migrateJobs(dataSource);
      await guardTables(dataSource);
    } finally {
      await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await runner.release();
  }
}
