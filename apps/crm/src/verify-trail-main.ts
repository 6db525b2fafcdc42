import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { environment } from '@filodiretto/platform';
import pg from 'pg';
import { anchorsIn } from './trail/anchor-drivers.js';
import { publicKeyOf } from './trail/anchor-key.js';
import { trustedIn } from './trail/time-stamp.js';
import { verifyTrail, type TrailReport } from './trail/verify.js';

/** Reads the trail of the database in `DATABASE_OWNER_URL`, else in `DATABASE_URL`, again. Exit code: 0 whole, 1 broken, 2 it could not be read. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      anchors: { type: 'string', multiple: true, default: [] },
      key: { type: 'string' },
      tsa: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const anchors = values.anchors.flatMap(path => anchorsIn(readFileSync(path, 'utf8')));
  const client = new pg.Client({ connectionString: environment().DATABASE_OWNER_URL ?? environment().DATABASE_URL });
  await client.connect();
  try {
    // One moment of the database, whatever is written meanwhile.
    await client.query('begin isolation level repeatable read read only');
    const report = await verifyTrail(
      async <Row>(sql: string, parameters: readonly unknown[]) =>
        (await client.query(sql, [...parameters])).rows as Row[],
      {
        anchors,
        key: values.key === undefined ? undefined : publicKeyOf(values.key),
        tsa: values.tsa === undefined ? undefined : trustedIn(readFileSync(values.tsa, 'utf8')),
      },
    );
    process.stdout.write(`${values.json ? JSON.stringify(report) : words(report, values.key !== undefined)}\n`);
    return report.broken ? 1 : 0;
  } finally {
    await client.end();
  }
}

function words({ administrations, seals, rows, waiting, anchors, broken }: TrailReport, keyed: boolean): string {
  if (broken)
    return [
      `BROKEN: ${broken.why} in the trail of administration ${broken.administrationId}`,
      `  seal ${broken.number} of ${broken.day}${broken.row === undefined ? '' : `, row ${broken.row}`}${
        broken.source === undefined ? '' : ` of ${broken.source === 'journal' ? 'the journal' : 'the trail'}`
      }`,
    ].join('\n');
  return [
    `Whole: ${rows} rows under ${seals} seals of ${administrations} administrations; ${waiting} written since the last seals.`,
    anchors === 0
      ? 'Compared with no anchor: that its end was cut off, or that this is an older copy, would not be seen.'
      : `Compared with ${anchors} anchors${keyed ? ', their signatures verified' : '; their signatures were not verified (--key)'}.`,
  ].join('\n');
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
