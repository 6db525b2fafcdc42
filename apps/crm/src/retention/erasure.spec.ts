import 'reflect-metadata';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { partitionOf, subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import {
  STATE_BUCKET,
  type CaseView,
  type ErasurePreview,
  type ErasureView,
  type Inbound,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { ClearNames } from '../channel/clear-names.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { aMessage, TALKS } from '../testing.js';
import { Sealing } from '../trail/sealing.js';
import { verifyTrail } from '../trail/verify.js';
import { Blobs } from './blobs.js';
import { Erasures } from './erasures.js';

jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Words that nobody but the citizen who is forgotten said. */
let stem = 'Zafferan';
const sung = (text: string): boolean => new RegExp(`${stem}\\d\\d`, 'i').test(text);
let said = 0;
const canaries: string[] = [];
const canary = (): string => {
  said += 1;
  const word = `${stem}${String(said).padStart(2, '0')}`;
  canaries.push(word);
  return word;
};

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let ways: { readonly channel: string; readonly account: string };
const logged: string[] = [];

beforeAll(async () => {
  rest = await RestApplication.start({ LOG_LEVEL: 'trace' }, line => void logged.push(line));
  admin = await rest.administration('Borgo Zenone', 'admin');
  ways = await rest.channel({ ...TALKS, conversations: 'thread' }, admin.administrationId);
});
afterAll(() => rest.stop());

const query = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => rest.dataSource.query(sql, parameters);

/** Something said on the bus, from a delivery that is kept; gives its case. */
async function say(what: Partial<Inbound>, raw = 'originale'): Promise<{ message: string; caseId: string }> {
  const externalId = what.externalId ?? `ext-${v7()}`;
  const reception = await rest.store.receive(ways.channel, Buffer.from(`${raw} ${externalId}`), {
    account: ways.account,
    mediaType: 'message/rfc822',
    about: { mittente: raw },
  });
  const data = aMessage({
    ...ways,
    externalId,
    raw: reception.raw,
    reception: { reception: reception.id, index: 0, count: 1 },
    ...what,
  });
  await rest.core.say(data);
  return eventually(async () => {
    const rows = await query<{ case_id: string | null }>('select case_id from message where id = $1', [data.id]);
    return rows[0]?.case_id ? { message: data.id, caseId: rows[0].case_id } : undefined;
  });
}

const ask = async <T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, headers = {}): Promise<T> => {
  const answer = await rest.ask<T>(method, url, { as: admin, body, headers });
  if (answer.status >= 300) throw new Error(`${url}: ${answer.status} ${answer.text}`);
  return answer.body;
};

/** Ends the cases of a contact. */
async function close(caseIds: readonly string[]): Promise<void> {
  await settle();
  for (const id of caseIds) {
    const { version } = await ask<CaseView>('GET', `/api/cases/${id}`);
    await ask(
      'POST',
      `/api/cases/${id}/transitions`,
      { command: 'withdraw', reason: 'fatto' },
      { 'if-match': `"${version}"` },
    );
  }
  await settle();
}

/** What is on its way arrived. */
const settle = (): Promise<unknown> =>
  query(`update message set send_state = 'sent', send_rank = 40 where send_state in ('queued', 'sending')`);

const contactOf = async (caseId: string): Promise<string> => {
  const rows = await query<{ id: string }>(
    `select coalesce(k.merged_into, k.id) as id from case_file c join contact k on k.id = c.contact_id where c.id = $1`,
    [caseId],
  );
  return rows[0]?.id ?? '';
};

/** Every row of every table in which a canary is. */
async function inTables(): Promise<string[]> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'graphile_worker')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(
      `select row_to_json(t)::text as row from ${name} t where row_to_json(t)::text ~* $1`,
      [`${stem}\\d\\d`],
    );
    found.push(...rows.map(row => `${name}: ${row.row}`));
  }
  return found;
}

function inFiles(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return inFiles(path);
    return sung(readFileSync(path, 'latin1')) ? [path] : [];
  });
}

async function inStreams(): Promise<string[]> {
  const found: string[] = [];
  const { streams } = rest.core.bus.manager;
  for await (const { config, state } of streams.list())
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const message = await streams.getMessage(config.name, { seq }).catch(() => null);
      const key = Buffer.from(message?.subject.split('.').at(-1) ?? '', 'base64url').toString();
      const whole = `${key} ${message?.string() ?? ''} ${String(message?.header.get('ce-id') ?? '')}`;
      if (sung(whole)) found.push(`${config.name} ${seq}: ${whole.slice(0, 200)}`);
    }
  return found;
}

/** What reports and lists count. */
async function figures(): Promise<unknown> {
  return {
    cases: await ask('GET', '/api/reports/cases'),
    days: (await ask<{ items: unknown }>('GET', '/api/reports/reception')).items,
    states: await query(
      `select state, kind, category_id, office_id, channel, outcome, opened_at, taken_in_charge_at, ended_at, due_date, chases
       from case_file order by id`,
    ),
    messages: await query(
      `select direction, author, automatic, channel, send_state, sent_at, received_at, delivered_at,
         content->0->>'type' = 'call' as call, content->0->>'endedAt' as ended, content->0->>'ending' as ending from message order by id`,
    ),
    files: await query('select kind, media_type, size, scan_state from attachment order by id'),
    terms: await query('select clock, due_at, ended_at, met, breached_at from deadline order by id'),
    areas: await query('select area_id, source from case_place order by case_id'),
  };
}

async function erase(contact: string): Promise<ErasureView> {
  const preview = await ask<ErasurePreview>('GET', `/api/contacts/${contact}/erasure`);
  expect(preview.obstacles).toEqual([]);
  return ask(
    'POST',
    `/api/contacts/${contact}/erasure`,
    { reason: 'Richiesta n. 1' },
    { 'if-match': `"${preview.version}"` },
  );
}

const done = (id: string): Promise<ErasureView> =>
  eventually(async () => {
    const view = await ask<ErasureView>('GET', `/api/erasures/${id}`);
    return view.state === 'done' ? view : undefined;
  }, 60);

describe('a citizen who is erased', () => {
  it('is found nowhere, and every figure is as before', async () => {
    const keep = (text: string, mediaType = 'text/plain') => rest.store.keep(Buffer.from(text), mediaType);
    const shared = await keep('Il regolamento del verde pubblico', 'application/pdf');
    const mail = `${canary()}@example.org`.toLowerCase();
    const number = '+393331200301';
    const name = canary();
    const from = { kind: 'email', value: mail, displayName: `${name} Bianchi`, verified: true };
    const thread = `<${canary()}@posta>`;
    const first = await say(
      {
        conversation: thread,
        externalId: thread,
        from,
        subject: `Lampione ${canary()}`,
        content: [
          { type: 'text', text: `Buongiorno, sono ${canary()}.` },
          { type: 'html', blob: await keep(`<p>${canary()}</p>`, 'text/html') },
          {
            type: 'media',
            kind: 'file',
            mediaType: 'application/pdf',
            filename: `${canary()}.pdf`,
            blob: await keep(`%PDF ${canary()}`, 'application/pdf'),
            fetch: 'done',
            scan: 'clean',
          },
          { type: 'media', kind: 'file', mediaType: 'application/pdf', blob: shared, fetch: 'done', scan: 'clean' },
        ],
      },
      canary(),
    );
    const phone = {
      kind: 'phone',
      value: number,
      displayName: name,
      verified: true,
      aliases: [{ kind: 'email', value: mail }],
    };
    const chat = await say({
      conversation: number,
      from: phone,
      content: [
        { type: 'text', text: canary() },
        {
          type: 'media',
          kind: 'image',
          mediaType: 'image/jpeg',
          caption: canary(),
          fetch: 'failed',
          scan: 'skipped',
          source: `https://cdn.example.org/${canary()}`,
        },
        { type: 'location', latitude: 44.6, longitude: 10.9, address: `via ${canary()} 3` },
      ],
    });
    const form = await say({
      conversation: `modulo-${canary()}`,
      from: phone,
      content: [{ type: 'form', form: 'segnalazione', version: '1', fields: { dove: canary() } }],
    });
    const call = await say({
      conversation: `chiamata-${canary()}`,
      from: phone,
      content: [
        {
          type: 'call',
          direction: 'in',
          arrivedAt: new Date(Date.now() - 90_000).toISOString(),
          endedAt: new Date().toISOString(),
          ending: 'voicemail',
          steps: [{ step: 'menu', at: new Date().toISOString(), choice: canary() }],
          transcription: canary(),
        },
        {
          type: 'media',
          kind: 'voice',
          mediaType: 'audio/mpeg',
          blob: await keep(`RIFF ${canary()}`, 'audio/mpeg'),
          fetch: 'done',
          scan: 'skipped',
        },
      ],
    });
    const post = `post-${v7()}`;
    const other = await say({
      conversation: post,
      from: { kind: 'name', value: 'altra persona', displayName: 'Altra Persona' },
      content: [
        { type: 'text', text: 'Sotto lo stesso post' },
        { type: 'media', kind: 'file', mediaType: 'application/pdf', blob: shared, fetch: 'done', scan: 'clean' },
      ],
    });
    const comment = await say({
      conversation: post,
      from: phone,
      content: [{ type: 'text', text: canary() }],
      flags: { public: true },
    });
    const desk = await ask<CaseView>('POST', '/api/cases', {
      subject: `Allo sportello ${canary()}`,
      text: canary(),
      contact: await contactOf(first.caseId),
    });
    await ask('POST', `/api/cases/${first.caseId}/internal-notes`, { text: `Ha telefonato ${canary()}` });
    await ask('POST', `/api/cases/${first.caseId}/replies`, { text: `Gentile ${canary()}, provvediamo.` });
    const asked = await rest.office(admin.administrationId, 'Verde');
    await ask('POST', `/api/cases/${first.caseId}/tasks`, { office: asked, question: `Chi è ${canary()}?` });
    const { version, number: numbered } = await ask<CaseView>('GET', `/api/cases/${first.caseId}`);
    const place = { latitude: 44.5, longitude: 10.8, address: `vicolo ${canary()}` };
    await ask('PUT', `/api/cases/${first.caseId}/place`, place, { 'if-match': `"${version}"` });
    const schema = v7();
    const category = v7();
    await query(
      `insert into category (id, administration_id, code, label, kind) values ($1, $2, 'verde', 'Verde', 'report')`,
      [category, admin.administrationId],
    );
    await query(
      `insert into category_schema (id, administration_id, category_id, version, fields, created_at) values ($1, $2, $3, 1, '[]', now())`,
      [schema, admin.administrationId, category],
    );
    await query('insert into case_field (case_id, code, value, schema_id) values ($1, $2, $3, $4)', [
      first.caseId,
      'matricola',
      JSON.stringify(canary()),
      schema,
    ]);
    await query(
      `insert into letter (id, administration_id, kind, case_id, office_id, subject, text, files, state, next_try_at)
       values ($1, $2, 'assignment', $3, $4, $5, $6, $7, 'waiting', now() + interval '9 days')`,
      [
        v7(),
        admin.administrationId,
        first.caseId,
        asked,
        `Lettera ${canary()}`,
        canary(),
        JSON.stringify([{ filename: `${canary()}.pdf`, blob: await keep(`%PDF lettera ${canary()}`) }]),
      ],
    );
    const weekly = `- ${numbered}, del 3 marzo: Lampione ${canary()}\n- 2026-999999-9, del 4 marzo: Buca`;
    const listing = v7();
    await query(
      `insert into letter (id, administration_id, kind, office_id, subject, text, files, state, next_try_at)
       values ($1, $2, 'weekly', $3, 'Le pratiche della settimana', $4, '[]', 'waiting', now() + interval '9 days')`,
      [listing, admin.administrationId, asked, weekly],
    );
    await query(
      `insert into parked (id, event_id, administration_id, type, kind, channel, account, conversation, reason, payload, state, created_at)
       values ($1::uuid, $1::text, $2, 'message.received.v1', 'failed', $3, $4, $5, 'non si legge', $6, 'retried', now())`,
      [v7(), admin.administrationId, ways.channel, ways.account, number, JSON.stringify({ text: canary() })],
    );
    await query(
      `insert into early_progress (id, event_id, channel, account, external_id, progress, received_at) values ($1::uuid, $1::text, $2, $3, 'x', $4, now())`,
      [v7(), ways.channel, ways.account, JSON.stringify({ conversation: number, detail: canary() })],
    );
    // What they said came a second time, a reply of ours was refused, and news came before its message.
    const deliver = async (raw: string): Promise<{ reception: string; index: number; count: number }> => {
      const { id: reception } = await rest.store.receive(ways.channel, Buffer.from(raw), {
        account: ways.account,
        mediaType: 'message/rfc822',
        about: { mittente: raw },
      });
      return { reception, index: 0, count: 1 };
    };
    const twice = await deliver(`La stessa mail, per un’altra via: ${canary()}`);
    await rest.core.say(
      aMessage({ ...ways, conversation: thread, externalId: thread, from, raw: shared, reception: twice }),
    );
    const [reply] = await query<{ id: string }>(
      `select id from message where case_id = $1 and direction = 'out' and author = 'operator'`,
      [first.caseId],
    );
    const bounce = await deliver(`Non consegnata. Messaggio originale: ${canary()}`);
    const [message, at] = [reply?.id ?? '', new Date().toISOString()];
    await rest.core.tell({ ...ways, message, state: 'delivered', at, detail: canary(), reception: bounce });
    const early = await deliver(`Prima del suo messaggio: ${canary()}`);
    await rest.core.tell({
      ...ways,
      externalId: 'mai arrivato',
      conversation: number,
      state: 'read',
      at,
      detail: canary(),
      reception: early,
    });
    for (const { reception } of [twice, bounce, early])
      await eventually(async () => {
        const found = await query('select from reception_item where reception_id = $1', [reception]);
        return found.length > 0 || undefined;
      });
    await ask('GET', `/api/contacts?text=${name}`);
    const state = await rest.core.bus.bucket(STATE_BUCKET);
    const nameOf = (key: string): string => `${ways.channel}.${Buffer.from(key).toString('base64url')}`;
    await state.put(nameOf(`person/${number.slice(1)}`), JSON.stringify({ who: canary() }));
    await state.put(nameOf('call/CA1'), JSON.stringify({ from: mail }));
    await state.put(nameOf('person/393339999999'), JSON.stringify({ who: 'un altro' }));
    // As channels remember now: the name says nothing, and the words stand with the value.
    await state.put(
      `${ways.channel}.s.c2lnaWxsYXRv`,
      JSON.stringify({ words: `opt-out/${number}`, value: new Date().toISOString() }),
    );
    await rest.core.bus.publish(
      'message.progressed.v1',
      subjects.in(partitionOf('k', ways.channel, ways.account, number), ways.channel, ways.account, 'progress'),
      { ...ways, conversation: number, state: 'delivered', at: new Date().toISOString(), detail: canary() },
      { id: v7() },
    );
    expect(canaries.length).toBeGreaterThanOrEqual(30);
    await rest.searchable();
    // Everything is where it is looked for.
    expect((await inTables()).length).toBeGreaterThan(20);
    expect(inFiles(rest.core.blobs).length).toBeGreaterThan(7);
    expect((await inStreams()).length).toBeGreaterThan(6);

    await close([first, chat, form, call, comment].map(one => one.caseId));
    await close([desk.id]);
    await query(`update case_file set state = 'resolved', ended_at = now() where id = $1`, [other.caseId]);
    const contact = await contactOf(first.caseId);
    expect(await contactOf(call.caseId)).toBe(contact);
    await rest.app.get(Clock).advance(2 * DAY_MS);
    const before = await figures();

    const { id } = await erase(contact);
    const receipt = await done(id);
    expect(receipt.counts).toMatchObject({ cases: 6, sharedBlobs: 1 });
    await rest.searchable();

    expect(await inTables()).toEqual([]);
    expect(inFiles(rest.core.blobs)).toEqual([]);
    expect(await inStreams()).toEqual([]);
    expect(logged.filter(line => sung(line))).toEqual([]);
    expect(await figures()).toEqual(before);
    expect(await query('select from erasure_target')).toEqual([]);

    expect(await query('select text from letter where id = $1', [listing])).toEqual([
      { text: `- ${numbered}, del 3 marzo: Contenuto cancellato\n- 2026-999999-9, del 4 marzo: Buca` },
    ]);
    // What is the other's stayed.
    expect(await query<{ text: string }>('select text from message where id = $1', [other.message])).toEqual([
      { text: 'Sotto lo stesso post' },
    ]);
    expect(Buffer.from(await rest.store.open(shared)).toString()).toBe('Il regolamento del verde pubblico');
    expect((await state.get(nameOf('person/393339999999')))?.string()).toContain('un altro');

    // The cases are there, with one fact more; what was sealed is whole.
    const facts = await query<{ n: number }>(
      `select count(*)::int as n from journal where fact = 'erased' and data->>'erasure' = $1`,
      [id],
    );
    expect(facts).toEqual([{ n: 6 }]);
    await eventually(async () => {
      await rest.app.get(Sealing).step();
      const report = await verifyTrail((sql, parameters) => query(sql, [...parameters]), { anchors: [] });
      expect(report.broken).toBeUndefined();
      return report.waiting === 0 || undefined;
    });
    for (const caseId of [first.caseId, desk.id]) {
      const { status, body } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: admin });
      expect(status).toBe(200);
      expect(body.subject).toBe('Contenuto cancellato');
    }
    const shown = await ask<{ erasedAt?: string; addresses: unknown[] }>('GET', `/api/contacts/${contact}`);
    expect(shown).toMatchObject({ addresses: [] });
    expect(shown.erasedAt).toBeDefined();

    // What becomes of a message of theirs afterwards is known, without a word.
    const word = canary();
    const content = [{ type: 'text' as const, text: word }];
    await rest.core.tell({ ...ways, message, state: 'content', at, content });
    await rest.core.tell({ ...ways, message, state: 'failed', reason: 'undeliverable', at, detail: word });
    await eventually(async () => {
      const rows = await query(`select from message where id = $1 and failed_at is not null`, [message]);
      return rows.length > 0 || undefined;
    });
    expect(await inTables()).toEqual([]);

    // Whoever writes from the same address is somebody new.
    const again = await say({ conversation: `<${v7()}>`, from: { ...from, displayName: 'Di nuovo' } });
    expect(await contactOf(again.caseId)).not.toBe(contact);
  });
});

describe('an erasure', () => {
  it('is refused while the law has something kept, and to whoever saw something else', async () => {
    const { caseId } = await say({ from: { kind: 'email', value: `${v7()}@example.org` } });
    await settle();
    const contact = await contactOf(caseId);
    const url = `/api/contacts/${contact}/erasure`;
    const preview = await ask<ErasurePreview>('GET', url);
    expect(preview.obstacles).toMatchObject([{ because: 'open_case' }]);
    const asked = (version: number, as = admin) =>
      rest.ask<{ type: string }>('POST', url, { as, body: { reason: 'r' }, headers: { 'if-match': `"${version}"` } });
    expect((await asked(preview.version)).body.type).toBe('/problems/kept-by-law');
    expect((await asked(preview.version + 1)).status).toBe(412);
    const anna = await rest.operator(admin.administrationId, admin.office, 'Anna', 'supervisor');
    expect((await asked(preview.version, { ...anna, office: admin.office })).status).toBe(403);
    const elsewhere = await rest.administration('Altrove', 'admin');
    expect((await asked(preview.version, elsewhere)).status).toBe(404);
    expect((await query('select from erasure where contact_id = $1', [contact])).length).toBe(0);
  });

  it('that a citizen asked for begins when their request is granted', async () => {
    const { caseId } = await say({ from: { kind: 'email', value: `${v7()}@example.org` } });
    await close([caseId]);
    const contact = await contactOf(caseId);
    const { id } = await ask<{ id: string }>('POST', `/api/contacts/${contact}/rights-requests`, { kind: 'erasure' });
    const seen = async (): Promise<object> => {
      const answer = await rest.ask('GET', `/api/rights-requests/${id}`, { as: admin });
      return { 'if-match': answer.headers.etag };
    };
    await ask('POST', `/api/rights-requests/${id}/identification`, { how: 'known' }, await seen());
    const granted = { outcome: 'granted', reason: 'Nulla osta', spoken: true };
    await ask('POST', `/api/rights-requests/${id}/decision`, granted, await seen());
    await eventually(async () => {
      await settle();
      const rows = await query('select from erasure where request_id = $1 and contact_id = $2', [id, contact]);
      return rows.length === 1 || undefined;
    }, 40);
    expect((await ask<{ erasedAt?: string }>('GET', `/api/contacts/${contact}`)).erasedAt).toBeDefined();
  });

  it('that is killed anywhere goes on, and does nothing twice', async () => {
    stem = 'Cardamom';
    const from = { kind: 'email', value: `${canary()}@example.org`.toLowerCase(), displayName: canary() };
    const cases: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { caseId } = await say({ conversation: v7(), from, content: [{ type: 'text', text: canary() }] }, canary());
      cases.push(caseId);
    }
    await close(cases);
    await rest.app.get(Clock).advance(DAY_MS);
    const erasures = rest.app.get(Erasures);
    // The database breaks every other statement that the job writes by: each step dies once at least.
    await query('create sequence deaths');
    await query(
      `create function dies() returns trigger language plpgsql as $$
       begin if nextval('deaths') % 2 = 1 then raise exception 'killed'; end if; return null; end $$`,
    );
    const { id } = await erase(await contactOf(cases[0] ?? ''));
    const tables = ['message', 'erasure', 'erasure_target', 'case_file', 'internal_note'];
    for (const table of tables)
      await query(`create trigger dies before update or delete on ${table} for each statement execute function dies()`);
    let deaths = 0;
    for (let alive = false; !alive && deaths < 200;)
      alive = await erasures.run(id).then(
        () => true,
        () => {
          deaths += 1;
          return false;
        },
      );
    for (const table of tables) await query(`drop trigger dies on ${table}`);
    expect(deaths).toBeGreaterThan(10);
    await Promise.all([erasures.run(id), erasures.run(id)]);
    const receipt = await done(id);
    expect(receipt.counts).toMatchObject({ cases: 3 });
    expect(await query(`select from journal where fact = 'erased' and data->>'erasure' = $1`, [id])).toHaveLength(3);
    await rest.searchable();
    expect(await inTables()).toEqual([]);
    expect(inFiles(rest.core.blobs)).toEqual([]);
    expect(await inStreams()).toEqual([]);
    await erasures.run(id);
    expect((await ask<ErasureView>('GET', `/api/erasures/${id}`)).counts).toEqual(receipt.counts);
  });

  it('and writes at that moment is somebody new: what they write stays, and nobody else’s memory goes', async () => {
    const from = { kind: 'email', value: `anna-${v7()}@example.org`, displayName: 'Anna Zini' };
    const { caseId } = await say({ conversation: v7(), from });
    await close([caseId]);
    const contact = await contactOf(caseId);
    const state = await rest.core.bus.bucket(STATE_BUCKET);
    const nameOf = (key: string): string => `${ways.channel}.${Buffer.from(key).toString('base64url')}`;
    await state.put(nameOf('call/hers'), JSON.stringify({ from: from.value }));
    await state.put(nameOf('call/another'), JSON.stringify({ from: `jo${from.value}` }));
    const id = v7();
    let said: Promise<{ message: string; caseId: string }> | undefined;
    await rest.app.get(MachineDataSource).transaction(async manager => {
      const asked = { id, administrationId: admin.administrationId, contactId: contact, operatorId: admin.id };
      await rest.app.get(Erasures).begin(manager, { ...asked, because: 'request', reason: 'Richiesta n. 2' });
      said = say({ conversation: v7(), from, content: [{ type: 'text', text: 'Il lampione è spento di nuovo' }] });
      await new Promise(resolve => setTimeout(resolve, 700));
    });
    const late = await said;
    await rest.app.get(Clock).advance(DAY_MS);
    await rest.app.get(Erasures).run(id);
    await done(id);
    expect(late?.caseId).not.toBe(caseId);
    expect(await contactOf(late?.caseId ?? '')).not.toBe(contact);
    expect(await query('select text, erased_at from message where id = $1', [late?.message])).toEqual([
      { text: 'Il lampione è spento di nuovo', erased_at: null },
    ]);
    expect((await state.get(nameOf('call/hers')))?.string() ?? '').not.toContain(from.value);
    expect((await state.get(nameOf('call/another')))?.string()).toContain(from.value);
  });

  it('leaves no name in clear of what a channel remembered and has moved, and takes none that still holds something', async () => {
    const state = await rest.core.bus.bucket(STATE_BUCKET);
    const nameOf = (key: string): string => `${ways.channel}.${Buffer.from(key).toString('base64url')}`;
    const [gone, there] = [nameOf(`opt-out/${v7()}`), nameOf(`opt-out/${v7()}`)];
    await state.put(gone, '1');
    await state.put(there, '1');
    await state.purge(gone);
    const names = async (): Promise<string[]> => {
      const { state: now } = await rest.core.bus.manager.streams.info(`KV_${STATE_BUCKET}`, { subjects_filter: '>' });
      return Object.keys(now.subjects ?? {}).map(subject => subject.replace(`$KV.${STATE_BUCKET}.`, ''));
    };
    expect(await names()).toEqual(expect.arrayContaining([gone, there]));
    await rest.app.get(ClearNames).purge();
    expect((await names()).filter(name => [gone, there].includes(name))).toEqual([there]);
  });

  it('leaves no file that was uploaded the same day, once the draft of nobody needs it', async () => {
    const { sha256 } = await rest.store.keep(Buffer.from('%PDF bozza di risposta'), 'application/pdf');
    await query(
      `insert into upload (id, administration_id, operator_id, sha256, size, media_type, filename, created_at)
       values ($1, $2, $3, $4, 1, 'application/pdf', 'risposta.pdf', clock_now())`,
      [v7(), admin.administrationId, admin.id, sha256],
    );
    const fate = async (): Promise<unknown> =>
      (await rest.app.get(Blobs).destroy(rest.dataSource.manager, [sha256])).get(sha256);
    await rest.app.get(Clock).advance(HOUR_MS);
    expect(await fate()).toBe('later');
    await rest.app.get(Clock).advance(DAY_MS);
    expect(await fate()).toBe('destroyed');
    expect(await query('select from upload where sha256 = $1', [sha256])).toEqual([]);
  });
});
