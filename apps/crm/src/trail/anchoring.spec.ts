import 'reflect-metadata';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import { startBucket, type BucketServer } from '@filodiretto/simulators';
import type { TrailPage, TrailState } from '@filodiretto/contracts';
import { Clock } from '../clock.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { anchorsIn } from './anchor-drivers.js';
import { publicKeyOf } from './anchor-key.js';
import { Anchoring } from './anchoring.js';
import { Sealing } from './sealing.js';
import { Authority } from './testing.js';
import { trustedIn } from './time-stamp.js';
import { verifyTrail } from './verify.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

const HOUR = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'filodiretto-anchors-'));
const file = join(folder, 'kept', 'anchors.jsonl');
const BUCKET = { bucket: 'ancore', accessKey: 'prova', secretKey: 'segreto-di-prova' };
const authority = new Authority();
let bucket: BucketServer;
let rest: RestApplication;
let auditor: TestOperator & { readonly office: string };
let ways: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  bucket = await startBucket(BUCKET);
  rest = await RestApplication.start({
    S3_ENDPOINT: bucket.url,
    S3_ACCESS_KEY: BUCKET.accessKey,
    S3_SECRET_KEY: BUCKET.secretKey,
    TRAIL_ANCHOR_BUCKET: BUCKET.bucket,
    TRAIL_ANCHOR_TSA: await authority.start(),
    TRAIL_KEY: '5c'.repeat(32),
    TRAIL_ANCHOR_FILE: file,
    TRAIL_ANCHOR_MAIL: 'custode@pec.example',
  });
  auditor = await rest.administration('Poggioverde', 'auditor');
  ways = await rest.channel(TALKS, auditor.administrationId);
});
afterAll(async () => {
  await rest.stop();
  await bucket.close();
  await authority.stop();
  rmSync(folder, { recursive: true, force: true });
});

const state = async (): Promise<TrailState> =>
  (await rest.ask<TrailState>('GET', '/api/trail/state', { as: auditor })).body;
/** Something happens and is sealed. */
async function happens(): Promise<void> {
  await rest.receive(ways, {});
  await eventually(async () => {
    await rest.app.get(Sealing).step();
    const [row]: { waiting: boolean }[] = await rest.dataSource.query(
      `select exists (select from journal j where j.administration_id = h.administration_id
         and (j.xid, j.position) > (h.journal_xid, h.journal_position)) as waiting from trail_head h where administration_id = $1`,
      [auditor.administrationId],
    );
    return row?.waiting === false || undefined;
  });
}
const kept = () =>
  anchorsIn(readFileSync(file, 'utf8')).filter(one => one.administrationId === auditor.administrationId);
const report = async () => {
  const key = (await state()).publicKey ?? '';
  return verifyTrail((sql, parameters) => rest.dataSource.query(sql, [...parameters]), {
    anchors: anchorsIn(readFileSync(file, 'utf8')),
    key: publicKeyOf(key),
  });
};

describe('anchors of the trail', () => {
  it('are kept outside, signed, and the chain agrees with them', async () => {
    await happens();
    await rest.app.get(Anchoring).anchor();
    const { day, number, hash, anchors } = await state();
    expect(kept().map(one => [one.day, one.number, one.hash.toString('hex')])).toEqual([[day, number, hash]]);
    expect(anchors).toMatchObject(
      ['bucket', 'file'].map(keeper => ({ day, number, keeper, heldAt: expect.any(String) })),
    );
    expect((await report()).broken).toBeUndefined();
  });

  it('come again after the minutes that were said, not before, and only of something new', async () => {
    const before = kept().length;
    await happens();
    await rest.app.get(Anchoring).anchor();
    expect(kept()).toHaveLength(before);
    await rest.app.get(Clock).advance(HOUR);
    await rest.app.get(Anchoring).anchor();
    await rest.app.get(Anchoring).anchor();
    expect(kept().length).toBe(before + 1);
  });

  it('of a finished day are sent by letter too, once', async () => {
    await happens();
    const { day } = await state();
    await rest.app.get(Clock).advance(26 * HOUR);
    await happens();
    const anchoring = rest.app.get(Anchoring);
    await Promise.all([anchoring.anchor(), anchoring.anchor(), anchoring.anchor()]);
    await eventually(async () => {
      await anchoring.anchor();
      return (await state()).anchors.every(one => one.heldAt !== undefined) || undefined;
    });
    const letters: { subject: string; sent_to: string | null; name: string }[] = await rest.dataSource.query(
      `select subject, name from letter where kind = 'trail_anchor' and administration_id = $1 order by created_at`,
      [auditor.administrationId],
    );
    expect(letters.map(one => one.subject)).toContain(`Impronta del registro del ${day}`);
    expect(new Set(letters.map(one => one.subject)).size).toBe(letters.length);
    expect((await report()).broken).toBeUndefined();
  });

  it('are put under lock in a bucket, from which nobody takes them for ten years', async () => {
    const mine = bucket.keys().filter(key => key.includes(auditor.administrationId));
    expect(mine).toHaveLength(kept().length);
    const versions = mine.flatMap(key => bucket.versions(key));
    expect(versions.flatMap(({ body }) => anchorsIn(body))).toEqual(kept());
    const years = versions.map(
      ({ lockedUntil }) => ((lockedUntil?.getTime() ?? 0) - Date.now()) / (365.25 * 24 * HOUR),
    );
    for (const long of years) expect(long).toBeCloseTo(10, 1);
  });

  it('of a finished day bear the date of an authority, the same with whoever keeps it, and no other than they do', async () => {
    const { day } = await state();
    const stamped = kept().filter(one => one.timeStamp);
    expect(stamped.length).toBeGreaterThan(0);
    expect(stamped.every(one => one.day < (day ?? ''))).toBe(true);
    const locked = bucket.keys().flatMap(key => bucket.versions(key).flatMap(({ body }) => anchorsIn(body)));
    const [one] = stamped;
    expect(locked.find(other => other.day === one?.day && other.number === one.number)?.timeStamp).toEqual(
      one?.timeStamp,
    );
    const [letter]: { text: string }[] = await rest.dataSource.query(
      `select text from letter where kind = 'trail_anchor' and administration_id = $1 and subject like $2`,
      [auditor.administrationId, `%${one?.day}`],
    );
    expect(anchorsIn(letter?.text ?? '')[0]?.timeStamp).toEqual(one?.timeStamp);
    const said = { anchors: kept(), tsa: trustedIn(authority.pem()) };
    const ask = <Row>(sql: string, parameters: readonly unknown[]) =>
      rest.dataSource.query<Row[]>(sql, [...parameters]);
    expect((await verifyTrail(ask, said)).broken).toBeUndefined();
    const moved = said.anchors.map(anchor => ({ ...anchor, timeStamp: one?.timeStamp }));
    expect((await verifyTrail(ask, { ...said, anchors: moved })).broken?.why).toBe('time_stamp_forged');
  });

  it('wait while the authority does not date them', async () => {
    const { day } = await state();
    await happens();
    authority.twist = () => ({ status: 503, body: Buffer.alloc(0) });
    await rest.app.get(Clock).advance(26 * HOUR);
    await happens();
    await rest.app.get(Anchoring).anchor();
    const waiting = (await state()).anchors.filter(one => one.day === day && one.heldAt === undefined);
    expect(waiting.map(one => one.keeper).sort()).toEqual(['bucket', 'file', 'mail']);
    expect(waiting[0]?.trouble).toMatch(/answers 503/);
    authority.twist = (_, reply) => ({ body: reply() });
    await rest.app.get(Clock).advance(HOUR);
    await eventually(async () => {
      await rest.app.get(Anchoring).anchor();
      return (await state()).anchors.every(one => one.heldAt !== undefined) || undefined;
    });
  });

  it('wait, with the reason, while they cannot be kept, and are kept when they can', async () => {
    rmSync(file);
    mkdirSync(file);
    await happens();
    // The job does it too: what it has in hand has no trouble yet, and after it an hour goes by before the next.
    const troubles = await eventually(async () => {
      await rest.app.get(Clock).advance(2 * HOUR);
      await rest.app.get(Anchoring).anchor();
      const waiting = (await state()).anchors.filter(one => one.keeper === 'file' && one.heldAt === undefined);
      return waiting.find(one => one.trouble !== undefined)?.trouble;
    });
    expect(troubles).toMatch(/EISDIR/);
    rmSync(file, { recursive: true });
    await rest.app.get(Clock).advance(HOUR);
    await eventually(async () => {
      await rest.app.get(Anchoring).anchor();
      return (await state()).anchors.every(one => one.heldAt !== undefined) || undefined;
    });
    expect((await report()).broken).toBeUndefined();
  });
});

describe('who reads the trail', () => {
  it('is an auditor, who is in it too; others are told that it is not theirs', async () => {
    const { caseId } = await rest.receive(ways, {});
    const anna = await rest.operator(auditor.administrationId, auditor.office, 'Anna');
    await rest.ask('GET', `/api/cases/${caseId}`, { as: anna });
    expect((await rest.ask('GET', '/api/trail', { as: anna })).status).toBe(403);
    const page = await rest.ask<TrailPage>('GET', `/api/trail?case=${caseId}&act=looked`, { as: auditor });
    expect(page.body.items).toMatchObject([
      { operator: { id: anna.id, name: 'Anna' }, operation: 'getCase', subject: caseId, case: { id: caseId } },
    ]);
    const own = await rest.ask<TrailPage>('GET', `/api/trail?operator=${auditor.id}&limit=1`, { as: auditor });
    expect(own.body.items).toMatchObject([{ operation: 'listTrail', act: 'looked' }]);
  });

  it('sees nothing of another administration', async () => {
    const { caseId } = await rest.receive(ways, {});
    const anna = await rest.operator(auditor.administrationId, auditor.office, 'Anna');
    await rest.ask('GET', `/api/cases/${caseId}`, { as: anna });
    const stranger = await rest.administration('Montebruno', 'auditor');
    const page = await rest.ask<TrailPage>('GET', `/api/trail?case=${caseId}`, { as: stranger });
    expect([page.status, page.body.items]).toEqual([200, []]);
    const file = await rest.ask('GET', `/api/trail/file?operator=${anna.id}`, { as: stranger });
    expect(file.text.trim().split('\n')).toHaveLength(1);
  });

  it('takes it away as a table in which nothing is a formula', async () => {
    const anna = await rest.operator(auditor.administrationId, auditor.office, 'Anna');
    await rest.ask('GET', `/api/search?text=${encodeURIComponent('=cmd()')}`, { as: anna });
    const { text, headers } = await rest.ask('GET', '/api/trail/file?act=searched', { as: auditor });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text).toContain("'=cmd()");
    expect(text.split('\r\n')[0]).toContain('at;operator;act;operation;subject;id;case;fields;words');
  });
});
