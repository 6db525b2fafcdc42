import { createHash } from 'node:crypto';
import type { Fact, Reception } from '@filodiretto/channel-kit';
import type { Part } from '@filodiretto/contracts';

type Item = Readonly<Record<string, unknown>>;

/** Every fact of a delivery, in order. Pure. Throws when it cannot be read at all: it is then parked. */
export function factsOf(reception: Reception, raw: Uint8Array): Fact[] {
  const body = parsed(raw);
  if (!isItem(body) || !Array.isArray(body.messages)) throw new Error('the delivery has no list of messages');
  return body.messages.map((item: unknown) => factOf(reception, isItem(item) ? item : { value: item }));
}

function factOf(reception: Reception, item: Item): Fact {
  const person = key(text(item.from) ?? 'unknown');
  return {
    message: {
      account: text(item.to)?.slice(0, 200) ?? reception.account,
      externalId: key(text(item.id) ?? digest(JSON.stringify(item))),
      conversation: person,
      from: { kind: '{{id}}', value: person, verified: true },
      author: 'contact',
      content: [partOf(item)],
      sentAt: timeOf(item.at, reception),
    },
  };
}

/** What the channel does not know is shown as such: never an error. */
const partOf = (item: Item): Part =>
  item.type === 'text' && typeof item.text === 'string' && item.text.length <= TEXT_MAX
    ? { type: 'text', text: item.text }
    : { type: 'unsupported', providerType: (text(item.type) ?? 'no type').slice(0, 200) };

const TEXT_MAX = 10_000;

function parsed(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (error) {
    throw new Error('the delivery is not JSON in UTF-8', { cause: error });
  }
}
const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
/** The contract has no room for a longer key: its digest stands for it. */
const key = (value: string): string => (value.length <= 200 ? value : digest(value));
const digest = (value: string): string => createHash('sha256').update(value).digest('hex');
const timeOf = (value: unknown, reception: Reception): string => {
  const at = Date.parse(text(value) ?? '');
  return Number.isNaN(at) ? reception.receivedAt : new Date(at).toISOString();
};
