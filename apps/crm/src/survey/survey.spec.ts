import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RatingView, SurveyReport, TrackedCase } from '@filodiretto/contracts';
import { Clock } from '../clock.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

const TALKS = { reply: true, text: { maxLength: 4_000 } } as const;

describe('what citizens say of the service', () => {
  let rest: RestApplication;
  let anna: TestOperator & { readonly office: string };
  let account: { channel: string; account: string };

  beforeAll(async () => {
    rest = await RestApplication.start();
    anna = await rest.administration('Gradimento');
    account = await rest.channel(TALKS, anna.administrationId);
  });
  afterAll(() => rest.stop());

  /** A case with an outcome, of a citizen who holds its code. */
  async function ended(code: string): Promise<string> {
    const { caseId } = await rest.receive(account, { text: 'Una cosa', trackingCode: code });
    await rest.dataSource.query(
      `update case_file set state = 'resolved', outcome = 'positive', outcome_reason = 'done', ended_at = $2, office_id = $3 where id = $1`,
      [caseId, rest.app.get(Clock).now(), anna.office],
    );
    return String(caseId);
  }
  const rate = (body: object): ReturnType<typeof rest.ask<RatingView>> =>
    rest.ask<RatingView>('POST', '/public/ratings', { body });
  const track = async (code: string): Promise<TrackedCase> =>
    (await rest.ask<TrackedCase>('POST', '/public/tracked-cases', { body: { code } })).body;

  it('is said once for each case, with its code, and changed until the time is over', async () => {
    const id = await ended('AAAA00000001');
    expect((await track('AAAA00000001')).rating).toMatchObject({ reasons: [] });
    const first = await rate({
      code: 'AAAA-0000-0001',
      stars: 2,
      face: 'bad',
      reasons: ['technical_problems', 'clear_indications'],
      comment: ' Lento ',
    });
    expect([first.status, first.body]).toEqual([
      200,
      { until: expect.any(String), stars: 2, face: 'bad', reasons: ['technical_problems'], comment: 'Lento' },
    ]);
    const changed = await rate({ code: 'AAAA00000001', stars: 5, reasons: ['clear_indications'] });
    expect(changed.body).toEqual({ until: first.body.until, stars: 5, reasons: ['clear_indications'] });
    expect((await track('AAAA00000001')).rating).toEqual(changed.body);
    const rows: unknown = await rest.dataSource.query('select stars from survey where case_id = $1', [id]);
    expect(rows).toEqual([{ stars: 5 }]);
    await rest.dataSource.query(`update case_file set ended_at = ended_at - interval '31 days' where id = $1`, [id]);
    expect((await rate({ code: 'AAAA00000001', stars: 1 })).status).toBe(409);
    expect(await track('AAAA00000001')).not.toHaveProperty('rating');
  });

  it('is said of nothing that goes on, by nobody without a code, and in no other words', async () => {
    await rest.receive(account, { text: 'Aperta', trackingCode: 'AAAA00000002' });
    expect((await rate({ code: 'AAAA00000002', stars: 4 })).status).toBe(409);
    expect((await rate({ code: 'AAAA00000009', stars: 4 })).status).toBe(404);
    for (const wrong of [
      { stars: 0 },
      { stars: 6 },
      { stars: 4.5 },
      { stars: 3, face: 'angry' },
      { stars: 3, reasons: ['x'] },
    ])
      expect((await rate({ code: 'AAAA00000002', ...wrong })).status).toBe(422);
  });

  it('is reported office by office, never of fewer than five together', async () => {
    const report = async (): Promise<SurveyReport> =>
      (await rest.ask<SurveyReport>('GET', '/api/reports/surveys', { as: anna })).body;
    await rest.dataSource.query('delete from survey');
    for (const place of [1, 2, 3, 4]) {
      await ended(`BBBB0000000${place}`);
      await rate({ code: `BBBB0000000${place}`, stars: place, face: 'fair', comment: `parole ${place}` });
    }
    expect(await report()).toEqual({ items: [], withheld: 4 });
    await ended('BBBB00000005');
    await rate({ code: 'BBBB00000005', stars: 5, reasons: ['clear_indications'] });
    const { items, withheld } = await report();
    expect([withheld, items]).toEqual([
      0,
      [
        {
          office: { id: anna.office, name: expect.any(String) },
          ratings: 5,
          stars: 3,
          counts: expect.arrayContaining([
            { what: 'face_fair', count: 4 },
            { what: '5_stars', count: 1 },
            { what: 'clear_indications', count: 1 },
          ]),
          comments: expect.arrayContaining(['parole 1', 'parole 4']),
        },
      ],
    ]);
    const looks: unknown = await rest.dataSource.query(
      `select act, operation from trail_entry where administration_id = $1 and operation = 'reportSurveys' limit 1`,
      [anna.administrationId],
    );
    expect(looks).toEqual([{ act: 'looked', operation: 'reportSurveys' }]);
    const bruno = await rest.administration('Altrove');
    expect((await rest.ask<SurveyReport>('GET', '/api/reports/surveys', { as: bruno })).body).toEqual({
      items: [],
      withheld: 0,
    });
    expect((await rest.ask('GET', '/api/reports/surveys?from=2026-02-30', { as: anna })).status).toBe(422);
  });
});
