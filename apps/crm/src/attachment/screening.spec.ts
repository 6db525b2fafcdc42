import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  HeldAttachmentPage,
  Inbound,
  MediaPart,
  ParkedView,
  ProblemView,
  UploadView,
} from '@filodiretto/contracts';
import { EICAR, startClamd, zipOf, type ClamdSimulator } from '@filodiretto/simulators';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { Intake } from '../intake/intake.js';
import { aMessage, itemOf } from '../testing.js';
import { EarlierOriginals } from './earlier.js';

let clamd: ClamdSimulator;
let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator;
let letters: { channel: string; account: string };

beforeAll(async () => {
  clamd = await startClamd();
  rest = await RestApplication.start({ CLAMAV_HOST: '127.0.0.1', CLAMAV_PORT: String(clamd.port) });
  anna = await rest.administration('Lucca');
  elsewhere = await rest.administration('Pisa');
  letters = await rest.channel(
    { reply: true, text: { maxLength: 100 }, attachments: { max: 5, maxBytes: 1_000_000, mediaTypes: ['*/*'] } },
    anna.administrationId,
  );
});
afterAll(async () => {
  await rest.stop();
  await clamd.close();
});

/** A machine may be busy with others. */
const BUSY_SECONDS = 120;
jest.setTimeout(150_000);

interface File {
  readonly name: string;
  readonly bytes: Buffer;
}
const received = async (files: readonly File[]): Promise<{ caseId: string; ids: string[] }> => {
  const content = await Promise.all(
    files.map(async ({ name, bytes }): Promise<MediaPart> => ({
      type: 'media',
      kind: 'file',
      mediaType: 'application/octet-stream',
      filename: name,
      blob: await rest.store.keep(bytes, 'application/octet-stream'),
      fetch: 'done',
      scan: 'skipped',
    })),
  );
  const { message, caseId } = await rest.receive(letters, { content: [{ type: 'text', text: 'Ecco' }, ...content] });
  const rows: { id: string }[] = await rest.dataSource.query(
    'select id from attachment where message_id = $1 order by part',
    [message],
  );
  return { caseId, ids: rows.map(({ id }) => id) };
};
const open = (id: string, as: TestOperator = anna) => rest.ask<ProblemView>('GET', `/api/attachments/${id}`, { as });
const upload = async (name: string, bytes: Buffer): Promise<{ status: number; body: UploadView & ProblemView }> => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${rest.core.running.url}/api/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${anna.token}` },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as UploadView & ProblemView };
};
const scanOf = async (id: string): Promise<unknown> => {
  const rows: { scan_state: string; held_because: string | null }[] = await rest.dataSource.query(
    'select scan_state, held_because from attachment where id = $1',
    [id],
  );
  return [rows[0]?.scan_state, rows[0]?.held_because];
};

const WORDS = Buffer.from('parole');
const VIRUS = Buffer.from(EICAR);
const ZIPPED = zipOf([
  { name: 'a.zip', bytes: zipOf([{ name: 'b.zip', bytes: zipOf([{ name: 'c.txt', bytes: VIRUS }]) }]) },
]);

describe('a file that came by whatever channel', () => {
  it('is scanned although its channel did not, before anybody opens it', async () => {
    const { ids } = await received([
      { name: 'lettera.txt', bytes: WORDS },
      { name: 'eicar.txt', bytes: VIRUS },
      { name: 'eicar.zip', bytes: ZIPPED },
      { name: 'gatto.exe', bytes: WORDS },
    ]);
    expect(await Promise.all(ids.map(async id => (await open(id)).status))).toEqual([200, 403, 403, 403]);
    expect(await Promise.all(ids.map(scanOf))).toEqual([
      ['clean', null],
      ['infected', 'virus'],
      ['infected', 'virus'],
      ['error', 'program'],
    ]);
  });

  it('holds the original that it came in as long as it is held itself, and released frees no other, nor a whole that is refused', async () => {
    const raw = async (bytes: Buffer) => ({ raw: await rest.store.keep(bytes, 'message/rfc822') });
    const file = async (name: string, bytes: Buffer): Promise<MediaPart> => ({
      type: 'media',
      kind: 'file',
      mediaType: 'application/octet-stream',
      filename: name,
      blob: await rest.store.keep(bytes, 'application/octet-stream'),
      fetch: 'done',
      scan: 'skipped',
    });
    const original = (message: string) =>
      rest.ask<ProblemView>('GET', `/api/messages/${message}/original`, { as: anna });
    const came = async (content: MediaPart[], bytes: Buffer): Promise<string> => {
      const { message } = await rest.receive(letters, {
        content: [{ type: 'text', text: 'Ecco' }, ...content],
        ...(await raw(bytes)),
      });
      return message;
    };
    expect((await original(await came([await file('a.txt', WORDS)], Buffer.from('una mail')))).status).toBe(200);
    // In a part alone, in the whole alone: neither is given.
    const program = await came([await file('b.exe', Buffer.from('MZ b'))], Buffer.from('una mail con un programma'));
    expect((await original(program)).status).toBe(403);
    expect((await original(await came([], Buffer.from(`una mail ${EICAR}`)))).status).toBe(403);
    const filesOf = async (message: string): Promise<string[]> => {
      const rows: { id: string }[] = await rest.dataSource.query(
        'select id from attachment where message_id = $1 order by part',
        [message],
      );
      return rows.map(({ id }) => id);
    };
    const release = (id: string) =>
      rest.ask('POST', `/api/attachments/${id}/releases`, { as: anna, body: { reason: 'Innocuo' } });
    // The scanner has nothing against the whole: who looked at the part and released it released all that was held.
    for (const id of await filesOf(program)) await release(id);
    expect((await original(program)).status).toBe(200);

    // It refuses the whole too: no file that is released frees another, nor all together the whole.
    const both = await came(
      [await file('c.exe', Buffer.from('MZ c')), await file('d.txt', VIRUS)],
      Buffer.from(`una mail con un programma e ${EICAR}`),
    );
    expect((await original(both)).status).toBe(403);
    const whole = (as: TestOperator, body: object = { reason: 'Guardata su una macchina isolata' }) =>
      rest.ask<ProblemView>('POST', `/api/messages/${both}/original/releases`, { as, body });
    const [program2 = '', virus = ''] = await filesOf(both);
    expect((await release(program2)).status).toBe(204);
    expect((await original(both)).status).toBe(403);
    expect((await release(virus)).status).toBe(204);
    expect((await original(both)).status).toBe(403);
    expect((await whole(anna)).status).toBe(204);
    expect((await original(both)).status).toBe(200);
  });

  it('is not needed for an original to be held: who may looks at that and releases it, the files in it first', async () => {
    const { message, caseId } = await rest.receive(letters, {
      content: [
        { type: 'text', text: 'Ecco' },
        {
          type: 'media',
          kind: 'file',
          mediaType: 'text/plain',
          filename: 'e.txt',
          blob: await rest.store.keep(Buffer.from('parole e'), 'text/plain'),
          fetch: 'done',
          scan: 'skipped',
        },
      ],
      raw: await rest.store.keep(Buffer.from(`una mail in cui si nasconde ${EICAR}`), 'message/rfc822'),
    });
    const url = `/api/messages/${message}/original`;
    const listed = async (as: TestOperator = anna) => {
      const page = await rest.ask<HeldAttachmentPage>('GET', '/api/held-attachments?limit=200', { as });
      return page.body.items.filter(one => one.message === message);
    };
    const release = (as: TestOperator, body: object = { reason: 'Guardata su una macchina isolata' }) =>
      rest.ask<ProblemView>('POST', `${url}/releases`, { as, body });
    // Nobody asked for it yet: nothing was found.
    expect([await listed(), (await release(anna)).status]).toEqual([[], 404]);
    expect((await rest.ask('GET', url, { as: anna })).status).toBe(403);
    expect(await listed()).toMatchObject([{ id: message, original: true, caseId, because: 'virus' }]);
    expect(await listed(elsewhere)).toEqual([]);

    const works = await rest.operator(anna.administrationId, anna.office, 'Ada', 'tier1_operator');
    expect((await release(works)).status).toBe(403);
    expect((await release(elsewhere)).status).toBe(404);
    expect((await release(anna, {})).status).toBe(422);
    await rest.dataSource.query(
      `update attachment set scan_state = 'error', held_because = 'program', held_at = now(), screened = 2 where message_id = $1`,
      [message],
    );
    const early = await release(anna);
    expect([early.status, early.body.detail]).toEqual([403, expect.stringContaining('release those first') as unknown]);
    await rest.dataSource.query(
      `update attachment set scan_state = 'clean', held_because = null where message_id = $1`,
      [message],
    );
    expect((await rest.ask('GET', url, { as: anna })).status).toBe(403);
    expect((await release(anna)).status).toBe(204);
    expect((await rest.ask('GET', url, { as: works })).status).toBe(200);
    expect([await listed(), (await release(anna)).status]).toEqual([[], 404]);
    const trail: { operation: string }[] = await rest.dataSource.query(
      'select operation from trail_entry where subject_id = $1 and actor_id = $2 and act = $3',
      [message, anna.id, 'changed'],
    );
    expect(trail).toEqual([{ operation: 'releaseOriginal' }]);
  });

  it('is held no more as an original that the scanner comes to find clean, or that nobody answered about for a day', async () => {
    const came = async (words: string): Promise<string> => {
      const raw = await rest.store.keep(Buffer.from(words), 'message/rfc822');
      return (await rest.receive(letters, { raw })).message;
    };
    const status = async (message: string): Promise<number> =>
      (await rest.ask('GET', `/api/messages/${message}/original`, { as: anna })).status;
    const listed = async (ids: readonly string[]): Promise<string[]> => {
      const page = await rest.ask<HeldAttachmentPage>('GET', '/api/held-attachments?limit=200', { as: anna });
      return page.body.items.map(one => one.id).filter(id => ids.includes(id));
    };
    const [today, old] = [await came('una mail di oggi'), await came('una mail di ieri')];
    await rest.dataSource.query(`update message set created_at = now() - interval '25 hours' where id = $1`, [old]);
    clamd.be('hanging-up');
    expect([await status(today), await status(old)]).toEqual([403, 403]);
    expect(await listed([today, old])).toEqual([old]);
    clamd.be('well');
    expect([await status(today), await status(old)]).toEqual([200, 200]);
    expect(await listed([today, old])).toEqual([]);
  });

  it('is looked for in what is kept beside the words, too', async () => {
    const { message } = await rest.receive(letters, {
      content: [
        {
          type: 'calendar',
          method: 'request',
          summary: 'Incontro',
          blob: await rest.store.keep(Buffer.from(`BEGIN:VCALENDAR ${EICAR}`), 'text/calendar'),
        },
      ],
    });
    const part = await rest.ask('GET', `/api/messages/${message}/parts/0`, { as: anna });
    expect(part.status).toBe(403);
  });

  it('is not needed for what is kept beside the words, or parked, to be held: who may releases it for a reason', async () => {
    const body = { reason: 'Guardato su una macchina isolata' };
    const { message } = await rest.receive(letters, {
      content: [
        { type: 'text', text: 'Ecco', whole: await rest.store.keep(Buffer.from(`a lungo ${EICAR}`), 'text/plain') },
      ],
    });
    const part = `/api/messages/${message}/parts/0`;
    expect((await rest.ask('POST', `${part}/releases`, { as: anna, body })).status).toBe(404);
    expect((await rest.ask('GET', part, { as: anna })).status).toBe(403);
    const held = async () =>
      (await rest.ask<HeldAttachmentPage>('GET', '/api/held-attachments?limit=200', { as: anna })).body.items.filter(
        one => one.message === message,
      );
    expect(await held()).toMatchObject([{ id: message, part: 0, because: 'virus', mediaType: 'text/plain' }]);
    const works = await rest.operator(anna.administrationId, anna.office, 'Ida', 'tier1_operator');
    expect((await rest.ask('POST', `${part}/releases`, { as: works, body })).status).toBe(403);
    expect((await rest.ask('POST', `${part}/releases`, { as: elsewhere, body })).status).toBe(404);
    expect((await rest.ask('POST', `/api/messages/${message}/parts/-1/releases`, { as: anna, body })).status).toBe(404);
    expect((await rest.ask('POST', `${part}/releases`, { as: anna, body })).status).toBe(204);
    expect([(await rest.ask('GET', part, { as: works })).status, await held()]).toEqual([200, []]);

    const raw = await rest.store.keep(Buffer.from(`in attesa ${EICAR}`), 'text/plain');
    await rest.app.get(Intake).takeAll([itemOf(aMessage({ ...letters, raw, flags: { doubtful: 'honeypot' } }))]);
    const [parked]: { id: string }[] = await rest.dataSource.query('select id from parked where account = $1', [
      letters.account,
    ]);
    const url = `/api/parked-items/${parked?.id}`;
    const release = (as: TestOperator) =>
      rest.ask<ParkedView & ProblemView>('POST', `${url}/original/releases`, { as, body });
    expect((await release(anna)).status).toBe(404);
    expect((await rest.ask('GET', `${url}/original`, { as: anna })).status).toBe(403);
    expect((await rest.ask<ParkedView>('GET', url, { as: anna })).body.originalHeld).toBe('virus');
    expect([(await release(works)).status, (await release(elsewhere)).status]).toEqual([403, 404]);
    const released = await release(anna);
    expect([released.status, released.body.originalHeld]).toEqual([200, undefined]);
    expect([(await rest.ask('GET', `${url}/original`, { as: anna })).status, (await release(anna)).status]).toEqual([
      200, 404,
    ]);
    const trail: { operation: string }[] = await rest.dataSource.query(
      `select operation from trail_entry where subject_id = any($1) and act = 'changed' order by operation`,
      [[message, parked?.id]],
    );
    expect(trail.map(one => one.operation)).toEqual(['releaseMessagePart', 'releaseParkedOriginal']);
  });

  it('looks once, in the background, at what was kept before there was one, and holds what it refuses', async () => {
    const page = async () => (await rest.ask<HeldAttachmentPage>('GET', '/api/held-attachments', { as: anna })).body;
    const earlier = rest.app.get(EarlierOriginals);
    // What was there when the walk began is over: what comes now is not of it.
    await eventually(async () => (await page()).earlier?.done || undefined, BUSY_SECONDS);
    const came = async (words: string, more: Partial<Inbound> = {}): Promise<string> =>
      (await rest.receive(letters, { raw: await rest.store.keep(Buffer.from(words), 'message/rfc822'), ...more }))
        .message;
    const bad = await came(`una mail di allora ${EICAR}`);
    const good = await came('una mail di allora');
    const within = await came('una mail con un invito', {
      content: [
        {
          type: 'calendar',
          method: 'request',
          summary: 'Incontro',
          blob: await rest.store.keep(Buffer.from(`BEGIN:VCALENDAR di allora ${EICAR}`), 'text/calendar'),
        },
      ],
    });
    const ids = [bad, good, within];
    const held = async (): Promise<[string, number][]> => {
      const rows: { message_id: string; part: number }[] = await rest.dataSource.query(
        'select message_id, part from held_original where message_id = any($1) order by message_id, part',
        [ids],
      );
      return rows.map(row => [row.message_id, row.part]);
    };
    expect(await held()).toEqual([]);
    // As if the scanner had come just now; as long as it is away nothing is passed over.
    clamd.be('hanging-up');
    await rest.dataSource.query('delete from screening_walk');
    await earlier.lookOn();
    expect((await page()).earlier).toEqual({ done: false, percent: 0 });
    clamd.be('well');
    await eventually(async () => {
      await earlier.lookOn();
      return (await page()).earlier?.done || undefined;
    }, BUSY_SECONDS);
    expect(new Map(await held())).toEqual(
      new Map([
        [bad, -1],
        [within, 0],
      ]),
    );
    expect((await page()).earlier).toEqual({ done: true, percent: 100 });
  });

  it('passes over originals that the scanner chokes on, three in a row and at the end, and holds them', async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      const raw = await rest.store.keep(Buffer.from(`la stessa mail ${nth} `.repeat(100)), 'message/rfc822');
      ids.push((await rest.receive(letters, { raw })).message);
    }
    const earlier = rest.app.get(EarlierOriginals);
    const progress = async () => (await earlier.progress()) ?? { done: false, percent: 0 };
    clamd.be('choking');
    await rest.dataSource.query('delete from screening_walk');
    await eventually(async () => {
      await earlier.lookOn();
      return (await progress()).done || undefined;
    }, BUSY_SECONDS);
    clamd.be('well');
    const held: { message_id: string }[] = await rest.dataSource.query(
      `select message_id from held_original where message_id = any($1) and because = 'unreadable' order by message_id`,
      [ids],
    );
    expect(held.map(row => row.message_id)).toEqual([...ids].sort());
  });

  it('goes on to the last original that was there, however many came since', async () => {
    const keep = async (words: string): Promise<string> =>
      (await rest.receive(letters, { raw: await rest.store.keep(Buffer.from(words), 'message/rfc822') })).message;
    const old = await Promise.all([1, 2, 3].map(nth => keep(`una mail vecchia ${nth} ${EICAR}`)));
    for (let nth = 0; nth < 25; nth += 1) await keep(`una mail nuova ${nth}`);
    await rest.dataSource.query(`update message set created_at = now() - interval '2 days' where id = any($1)`, [old]);
    const earlier = rest.app.get(EarlierOriginals);
    await rest.dataSource.query('delete from screening_walk');
    await rest.dataSource.query(
      `insert into screening_walk (id, up_to, begun_at) values (1, '00000000-0000-0000-0000-000000000000', now() - interval '1 day')`,
    );
    await eventually(async () => {
      await earlier.lookOn();
      return (await earlier.progress())?.done || undefined;
    }, BUSY_SECONDS);
    const held: { message_id: string }[] = await rest.dataSource.query(
      'select message_id from held_original where message_id = any($1) and part = -1 order by message_id',
      [old],
    );
    expect(held.map(row => row.message_id)).toEqual([...old].sort());
  });

  it('is scanned when nobody opens it', async () => {
    const { ids } = await received([{ name: 'eicar.com', bytes: VIRUS }]);
    const verdict = await eventually(async () => {
      const found = await scanOf(ids[0] ?? '');
      return JSON.stringify(found).includes('infected') || undefined;
    }, BUSY_SECONDS);
    expect(verdict).toBe(true);
  });

  it('is held while the scanner is away, and given as soon as it has seen it', async () => {
    for (const mood of ['hanging-up', 'babbling'] as const) {
      clamd.be(mood);
      const { ids } = await received([{ name: 'lettera.txt', bytes: Buffer.from(`parole ${mood}`) }]);
      const [id = ''] = ids;
      const held = await open(id);
      expect([held.status, held.body.detail]).toEqual([403, expect.stringContaining('not seen') as unknown]);
      clamd.be('well');
      expect((await open(id)).status).toBe(200);
    }
  });

  it('is scanned although the scanner never answers about others that came before it', async () => {
    clamd.be('small');
    const { ids } = await received(
      Array.from({ length: 4 }, (_, n) => ({ name: `${n}.txt`, bytes: Buffer.from(`parole ${n} `.repeat(400)) })),
    );
    await eventually(async () => {
      const found = await Promise.all(ids.map(scanOf));
      return found.every(one => JSON.stringify(one).includes('unreadable')) || undefined;
    }, BUSY_SECONDS);
    clamd.be('hanging-up');
    await received(Array.from({ length: 4 }, (_, n) => ({ name: `${n}.txt`, bytes: Buffer.from(`mai ${n}`) })));
    const tried = async (): Promise<number> => {
      const [row]: { n: number }[] = await rest.dataSource.query(
        'select count(*)::int as n from attachment where scan_tried_at is not null and screened < 2',
      );
      return row?.n ?? 0;
    };
    // Each time three are asked about in vain, and not always the same.
    await eventually(async () => (await tried()) >= 4 || undefined, BUSY_SECONDS);
    clamd.be('well');
    await eventually(async () => (await tried()) === 0 || undefined, BUSY_SECONDS);
  });

  it('waits for a person too when the scanner has not answered about it for a day, and is asked about all the same', async () => {
    clamd.be('hanging-up');
    const names = ['mai vista.txt', 'vista tardi.txt', 'di oggi.txt'];
    const { ids } = await received(names.map(name => ({ name, bytes: Buffer.from(name) })));
    const [never = '', late = '', today = ''] = ids;
    await rest.dataSource.query(`update attachment set created_at = now() - interval '25 hours' where id = any($1)`, [
      [never, late],
    ]);
    expect(await Promise.all(ids.map(async id => (await open(id)).status))).toEqual([403, 403, 403]);
    await eventually(
      async () =>
        (await Promise.all([never, late].map(scanOf))).every(found => String(found).includes('unreadable')) ||
        undefined,
      BUSY_SECONDS,
    );
    expect(await Promise.all(ids.map(scanOf))).toEqual([
      ['pending', 'unreadable'],
      ['pending', 'unreadable'],
      ['pending', null],
    ]);
    const listed = async (): Promise<string[]> => {
      const page = await rest.ask<HeldAttachmentPage>('GET', '/api/held-attachments?limit=200', { as: anna });
      return page.body.items.map(one => one.id).filter(id => ids.includes(id));
    };
    expect(new Set(await listed())).toEqual(new Set([never, late]));
    const released = await rest.ask('POST', `/api/attachments/${never}/releases`, {
      as: anna,
      body: { reason: 'Guardata su una macchina isolata' },
    });
    expect([released.status, (await open(never)).status]).toEqual([204, 200]);
    clamd.be('well');
    expect([(await open(late)).status, (await open(today)).status]).toEqual([200, 200]);
    expect(await Promise.all(ids.map(scanOf))).toEqual([
      ['skipped', 'unreadable'],
      ['clean', null],
      ['clean', null],
    ]);
    expect(await listed()).toEqual([]);
  });

  it('waits for a person when something was found, who releases it for a reason', async () => {
    const { ids, caseId } = await received([{ name: 'programma.exe', bytes: Buffer.from('MZ mio') }]);
    const [id = ''] = ids;
    expect((await open(id)).status).toBe(403);
    const listed = async (as: TestOperator) =>
      (await rest.ask<HeldAttachmentPage>('GET', '/api/held-attachments?limit=200', { as })).body.items;
    expect((await listed(anna)).find(one => one.id === id)).toMatchObject({
      caseId,
      because: 'program',
      filename: 'programma.exe',
    });
    expect(await listed(elsewhere)).toEqual([]);
    const release = (as: TestOperator, body: object) =>
      rest.ask('POST', `/api/attachments/${id}/releases`, { as, body });
    const works = await rest.operator(anna.administrationId, anna.office, 'Ugo', 'tier1_operator');
    expect((await release(works, { reason: 'mi serve' })).status).toBe(403);
    expect((await release(elsewhere, { reason: 'mi serve' })).status).toBe(404);
    expect((await release(anna, {})).status).toBe(422);
    expect((await open(id)).status).toBe(403);
    expect((await release(anna, { reason: 'Provato su una macchina isolata' })).status).toBe(204);
    expect((await open(id)).status).toBe(200);
    expect((await listed(anna)).find(one => one.id === id)).toBeUndefined();
    expect((await release(anna, { reason: 'di nuovo' })).status).toBe(404);
    const trail: { operation: string }[] = await rest.dataSource.query(
      'select operation from trail_entry where subject_id = $1 and actor_id = $2 and act = $3',
      [id, anna.id, 'changed'],
    );
    expect(trail).toEqual([{ operation: 'releaseAttachment' }]);
  });
});

describe('a file that is held, of a confidential case', () => {
  it('is listed for nobody who may not know of the case', async () => {
    const { ids, caseId } = await received([{ name: 'referto.exe', bytes: Buffer.from('MZ referto') }]);
    expect((await open(ids[0] ?? '')).status).toBe(403);
    const office = await rest.office(anna.administrationId, 'Servizi sociali');
    const lists = async (as: TestOperator): Promise<boolean> => {
      const { text } = await rest.ask('GET', '/api/held-attachments?limit=200', { as });
      return text.includes('referto.exe');
    };
    const knows = await rest.operator(anna.administrationId, office, 'Rita', 'urp_referent');
    expect([await lists(anna), await lists(knows)]).toEqual([true, true]);
    await rest.dataSource.query(`update case_file set confidentiality = 'health', office_id = $2 where id = $1`, [
      caseId,
      office,
    ]);
    expect([await lists(anna), await lists(knows)]).toEqual([false, true]);
  });
});

describe('a file of an operator', () => {
  it.each<[string, string, Buffer, number]>([
    ['decent words', 'lettera.txt', WORDS, 201],
    [
      'a picture',
      'foto.png',
      Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0', 'latin1'),
      201,
    ],
    ['a virus', 'lettera.txt', VIRUS, 422],
    ['a virus three archives deep', 'lettera.zip', ZIPPED, 422],
    ['nothing', 'lettera.txt', Buffer.alloc(0), 422],
    ['a program', 'gatto.png', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0', 'latin1'), 422],
    ['a script whose name reads backwards', 'cod\u202Etxt.js', WORDS, 422],
    ['files that would leave their folder', 'a.zip', zipOf([{ name: '../x', bytes: WORDS }]), 422],
    [
      'a drawing that could run',
      'foto.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      415,
    ],
    ['a page', 'foto.jpg', Buffer.from('<html><script>alert(1)</script>'), 415],
    ['noise', 'foto.jpg', Buffer.from([0, 1, 2, 255, 254]), 415],
  ])('%s', async (_, name, bytes, status) => {
    const before: { n: number }[] = await rest.dataSource.query('select count(*)::int as n from upload');
    const answer = await upload(name, bytes);
    expect(answer.status).toBe(status);
    if (status === 201) return expect(answer.body.scan).toBe('clean');
    const after: { n: number }[] = await rest.dataSource.query('select count(*)::int as n from upload');
    expect(after).toEqual(before);
  });

  it('has no name that hides what it is', async () => {
    const { body } = await upload('../../..\\car\u202Ea\u0000.txt', WORDS);
    expect(body.filename).toMatch(/^[\w. ]+$/);
  });

  it('is kept while the scanner is away, and is sent only after it was seen', async () => {
    clamd.be('hanging-up');
    const kept = await upload('lettera.txt', Buffer.from('altre parole'));
    expect([kept.status, kept.body.scan]).toEqual([201, 'pending']);
    const { caseId } = await rest.receive(letters, {});
    const reply = () =>
      rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, {
        as: anna,
        body: { text: 'In allegato', attachments: [kept.body.id] },
      });
    const refused = await reply();
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ pointer: '/attachments/0' }]]);
    clamd.be('well');
    await eventually(async () => (await reply()).status === 201 || undefined, BUSY_SECONDS);
  });

  it('is sent although the scanner never answers about others that were brought before it', async () => {
    clamd.be('choking');
    const stuck = Array.from({ length: 4 }, (_, n) => upload(`${n}.txt`, Buffer.from(`mai ${n} `.repeat(400))));
    expect((await Promise.all(stuck)).map(({ body }) => body.scan)).toEqual(Array(4).fill('pending'));
    clamd.be('hanging-up');
    const { body } = await upload('lettera.txt', Buffer.from('parole in coda'));
    expect(body.scan).toBe('pending');
    clamd.be('choking');
    const scan = async (): Promise<string | undefined> => {
      const rows: { scan_state: string }[] = await rest.dataSource.query(
        'select scan_state from upload where id = $1',
        [body.id],
      );
      return rows[0]?.scan_state;
    };
    await eventually(async () => (await scan()) === 'clean' || undefined, BUSY_SECONDS);
    clamd.be('well');
  });
});
