import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { ErasurePreview, ErasureView } from '@filodiretto/contracts';
import { RawStore, type NotedErasure } from '@filodiretto/platform';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { Jobs } from '../job/jobs.js';
import { TALKS, type TestDatabase } from '../testing.js';
import { Erasures } from './erasures.js';
import { Restored } from './restored.js';

jest.setTimeout(180_000);

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let older: TestDatabase;
beforeAll(async () => {
  rest = await RestApplication.start();
  admin = await rest.administration('Rocca', 'admin');
});
afterAll(async () => {
  await older.drop();
  await rest.stop();
});

const WORDS = 'Abito in via dei Fabbri, sono la signora Verdi.';

describe('an older copy of the database that is put back', () => {
  it('gives back nobody and no case that was erased after it was made', async () => {
    const ways = await rest.channel(TALKS, admin.administrationId);
    const made = async (text: string): Promise<{ caseId: string; contact: string; message: string }> => {
      const { caseId, message } = await rest.receive(ways, { text });
      await rest.dataSource.query(
        `update message set send_state = 'sent', send_rank = 40 where send_state in ('queued', 'sending')`,
      );
      await rest.dataSource.query(`update case_file set state = 'closed', ended_at = now() where id = $1`, [caseId]);
      const [row]: { contact: string }[] = await rest.dataSource.query(
        'select contact_id as contact from case_file where id = $1',
        [caseId],
      );
      return { caseId, message, contact: row?.contact ?? '' };
    };
    const [person, timed, kept] = [await made(WORDS), await made(WORDS), await made('Buongiorno, il lampione.')];
    // In the older copy their case is open, which would stand against an erasure.
    await rest.dataSource.query(`update case_file set state = 'assigned', ended_at = null where id = $1`, [
      person.caseId,
    ]);
    older = await rest.core.copy();
    await eventually(async () => {
      const [answers] = await Promise.allSettled([rest.dataSource.query<unknown[]>('select 1')]);
      return answers.status === 'fulfilled' || undefined;
    }, 30);
    await rest.dataSource.query(`update case_file set state = 'closed', ended_at = now() where id = $1`, [
      person.caseId,
    ]);

    const url = `/api/contacts/${person.contact}/erasure`;
    const { body: preview } = await eventually(async () => {
      const answer = await rest.ask<ErasurePreview>('GET', url, { as: admin });
      return answer.status === 200 ? answer : undefined;
    }, 30);
    const asked = await rest.ask<ErasureView>('POST', url, {
      as: admin,
      body: { reason: 'Art. 17' },
      headers: { 'if-match': `"${preview.version}"` },
    });
    expect(asked.status).toBe(202);
    const run = v7();
    await rest.dataSource.query(
      `insert into retention_run (id, administration_id, state, preview, counts, asked_by, created_at)
       values ($1, $2, 'running', '[]', '{}', $3, now())`,
      [run, admin.administrationId, admin.id],
    );
    await rest.dataSource.transaction(manager =>
      rest.app
        .get(Erasures)
        .beginRetention(
          manager,
          { id: run, administrationId: admin.administrationId, code: 'case.information' },
          { cases: [timed.caseId] },
        ),
    );
    const noted = async (): Promise<object[]> => {
      const found: object[] = [];
      for await (const one of rest.app.get(RawStore).erasures(new Date(0))) found.push(one);
      return found;
    };
    await eventually(async () => ((await noted()).length >= 2 ? true : undefined), 60);
    // By ids alone: what is noted says nothing of anybody.
    expect(JSON.stringify(await noted())).not.toMatch(/Verdi|@|Fabbri|Bianchi/);
    // Where it was erased, it is not looked for again.
    expect(await rest.app.get(Restored).look()).toBe(0);

    const saying = (): Promise<{ id: string }[]> =>
      older.dataSource.query(`select id from message where text like '%Fabbri%' or content::text like '%Fabbri%'`);
    expect((await saying()).map(({ id }) => id).sort()).toEqual([person.message, timed.message].sort());
    const again = await rest.core.another({ DATABASE_URL: older.url });
    try {
      await again.app.get(Restored).look();
      await eventually(async () => ((await saying()).length === 0 ? true : undefined), 60);
      const erased: { id: string; gone: boolean }[] = await older.dataSource.query(
        'select id, erased_at is not null as gone from contact where id = any($1::uuid[]) order by id',
        [[person.contact, kept.contact]],
      );
      expect(new Map(erased.map(({ id, gone }) => [id, gone]))).toEqual(
        new Map([
          [person.contact, true],
          [kept.contact, false],
        ]),
      );
      expect(
        await older.dataSource.query(`select from message where id = $1 and text like '%lampione%'`, [kept.message]),
      ).toHaveLength(1);
      await eventually(async () => {
        const facts: unknown[] = await older.dataSource.query(
          `select from journal where fact = 'erased' and case_id = any($1::uuid[])`,
          [[person.caseId, timed.caseId]],
        );
        return facts.length === 2 || undefined;
      }, 60);
      expect(await again.app.get(Restored).look()).toBe(0);
    } finally {
      await again.stop();
    }
  });

  it('is told also of who was erased by somebody that died before it was noted, and whose job was given up', async () => {
    const ways = await rest.channel(TALKS, admin.administrationId);
    const { caseId } = await rest.receive(ways, { text: WORDS });
    await rest.dataSource.query(
      `update message set send_state = 'sent', send_rank = 40 where send_state in ('queued', 'sending')`,
    );
    await rest.dataSource.query(`update case_file set state = 'closed', ended_at = now() where id = $1`, [caseId]);
    const [{ contact } = { contact: '' }]: { contact: string }[] = await rest.dataSource.query(
      'select contact_id as contact from case_file where id = $1',
      [caseId],
    );
    const erasures = rest.app.get(Erasures);
    const id = v7();
    const begun = await rest.dataSource.transaction(async manager => {
      const made = await erasures.begin(manager, {
        id,
        administrationId: admin.administrationId,
        contactId: contact,
        because: 'request',
        reason: 'Art. 17',
        operatorId: admin.id,
      });
      await rest.app.get(Jobs).remove(manager, [`erasure:${id}`]);
      return made;
    });
    expect(begun).toEqual({ id });
    const noted = async (): Promise<object[]> => {
      const found: NotedErasure[] = [];
      for await (const one of rest.app.get(RawStore).erasures(new Date(0))) found.push(one);
      return found.filter(one => one.contact === contact);
    };
    const done = rest.dataSource.query(`update erasure set state = 'done', ended_at = now() where id = $1`, [id]);
    await expect(done).rejects.toThrow('erasure_noted');
    expect(await noted()).toEqual([]);
    expect(await erasures.noteMissed()).toBe(1);
    expect(await noted()).toMatchObject([{ id, contact, because: 'request' }]);
    expect(await erasures.noteMissed()).toBe(0);
    await erasures.run(id);
    expect(await noted()).toHaveLength(1);
    const said: unknown[] = await rest.dataSource.query(
      `select from message where case_id = $1 and text like '%Fabbri%'`,
      [caseId],
    );
    expect(said).toEqual([]);
  });
});
