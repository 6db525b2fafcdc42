import { randomUUID } from 'node:crypto';
import { loadSettings, TextSetting } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrate } from './data-source.js';

/** Where the servers of `npm test` are. */
export class TestSettings {
  @TextSetting('Administrative URL of the PostgreSQL for tests') readonly testDatabaseUrl: string;
  @TextSetting('URL of the NATS server for tests') readonly testNatsUrl: string;
}

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Ends the pool and drops the database. */
  drop(): Promise<void>;
}

/** A database of one suite's own, migrated, on the real PostgreSQL. */
export async function testDatabase(): Promise<TestDatabase> {
  const { testDatabaseUrl } = loadSettings(TestSettings);
  const name = `crm_${randomUUID().replaceAll('-', '')}`;
  await administer(testDatabaseUrl, `create database ${name}`);
  const url = new URL(testDatabaseUrl);
  url.pathname = `/${name}`;
  const dataSource = await new DataSource(dataSourceOptions(url.href, 10)).initialize();
  await migrate(dataSource);
  return {
    url: url.href,
    dataSource,
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await administer(testDatabaseUrl, `drop database ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const admin = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    await admin.query(statement);
  } finally {
    await admin.destroy();
  }
}
