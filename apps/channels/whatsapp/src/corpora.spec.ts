import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openChannel } from '@filodiretto/channel-kit/testing';
import { whatsapp } from './channel.js';
import { jsonOf, listOf } from '@filodiretto/channel-kit';

const CORPORA = resolve(process.env.CORPORA ?? join(import.meta.dirname, '../../../../../shared/corpora'));
const FOLDER = join(CORPORA, 'whatsapp');
const files = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'))
  : [];

/** The messages and statuses of a payload, counted by hand. */
function carriedBy(raw: Buffer): { messages: number; statuses: number } {
  const values = listOf(jsonOf(JSON.parse(raw.toString())).entry)
    .flatMap(entry => listOf(entry.changes))
    .map(change => jsonOf(change.value));
  const count = (name: string) => values.reduce((sum, value) => sum + listOf(value[name]).length, 0);
  return { messages: count('messages') + count('message_echoes'), statuses: count('statuses') };
}

const described = files.length === 0 ? describe.skip : describe;

described(`payloads recorded by others${files.length === 0 ? ` — not here: no folder ${FOLDER}` : ''}`, () => {
  it.each(files.length === 0 ? ['nothing'] : files)('%s is read whole', async file => {
    const { host } = await openChannel(whatsapp, {
      WHATSAPP_NUMBERS: '1122334455667',
      WHATSAPP_APP_SECRET: 'secret',
      WHATSAPP_VERIFY_TOKEN: 'token',
      WHATSAPP_ACCESS_TOKEN: 'token',
    });
    const raw = readFileSync(join(FOLDER, file));
    await host.receive(raw, { account: '1122334455667', mediaType: 'application/json' });
    expect(host.notAllowed).toEqual([]);
    expect(host.unreadable).toEqual([]);
    const { messages, statuses } = carriedBy(raw);
    const merges = host.progress.filter(one => one.merge !== undefined);
    const receipts = host.progress.filter(one => one.merge === undefined && one.content === undefined);
    expect(receipts).toHaveLength(statuses);
    expect(host.messages.length + merges.length).toBeGreaterThanOrEqual(messages);
    expect(host.messages.every(one => one.content.length > 0)).toBe(true);
  });
});
