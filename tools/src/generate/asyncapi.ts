import { ASKS, EVENTS, PART_CLASSES, type EventType } from '@filodiretto/contracts';
import { stringify } from 'yaml';
import type { Generated } from './output.js';
import { schemasOf, type Json } from './schemas.js';

type Parameters = Record<string, string>;

const PARAMETERS: Parameters = {
  partition: 'Partition of the conversation, 0 to 15: a keyed hash, so that a conversation stays in order',
  channel: "The channel's id",
  account: 'The account of the channel; a hash when it is not one safe word',
  fact: 'What happened, one word of ours',
  id: 'Of what it happened to',
};

/** The subject of an event, with what varies in braces. */
export function addressOf(type: EventType): string {
  const { stream, fact } = EVENTS[type];
  if (stream === 'IN') return `crm.in.{partition}.{channel}.{account}.${fact}`;
  if (stream === 'OUT') return `crm.out.{channel}.{account}.${fact}`;
  return `crm.event.${fact}.{fact}.{id}`;
}

/** The subject of a question, with what varies in braces. */
export const addressOfAsk = (name: keyof typeof ASKS): string =>
  ASKS[name].asked === 'core' ? `crm.ask.${name}` : `crm.ask.channel.{channel}.${name}`;

const parametersOf = (address: string): Record<string, Json> | undefined => {
  const names = [...address.matchAll(/\{(\w+)\}/g)].flatMap(match => match[1] ?? []);
  return names.length === 0
    ? undefined
    : Object.fromEntries(names.map(name => [name, { description: PARAMETERS[name] ?? name }]));
};

const EVENT_HEADERS: Json = {
  type: 'object',
  required: [
    'ce-specversion',
    'ce-id',
    'ce-type',
    'ce-source',
    'ce-time',
    'content-type',
    'Nats-Msg-Id',
    'filodiretto-correlation-id',
  ],
  properties: {
    'ce-specversion': { type: 'string', const: '1.0' },
    'ce-id': {
      type: 'string',
      description: 'Identity of the event: the same fact has the same id, and is stored once',
    },
    'ce-type': { type: 'string', description: 'Name of the message' },
    'ce-source': { type: 'string', description: 'The process that said it' },
    'ce-time': { type: 'string', format: 'date-time' },
    'content-type': { type: 'string', const: 'application/json' },
    'Nats-Msg-Id': { type: 'string', description: 'Equal to ce-id' },
    'filodiretto-correlation-id': { type: 'string', description: 'Follows one contact through every service' },
    'filodiretto-causation-id': { type: 'string', description: 'The event because of which this one was said' },
    traceparent: { type: 'string', description: 'W3C trace context' },
  },
};

const STREAMS = {
  IN: 'What channels say. Read by the core, in order within a partition. Kept 14 days.',
  OUT: 'What channels are told to say. Kept 14 days.',
  EVENT: 'What happened, without personal data, for whoever listens. Kept 14 days.',
} as const;

const camel = (text: string): string =>
  text.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => (next ?? '').toUpperCase());
const pascal = (text: string): string => camel(`-${text}`);

/** The bus as AsyncAPI 3.0, from the point of view of the core. */
export async function asyncapi(version: string): Promise<Generated> {
  const events = Object.entries(EVENTS);
  const asks = Object.entries(ASKS);
  const schemas = await schemasOf([
    ...events.map(([, event]) => event.payload as new () => object),
    ...asks.flatMap(([, ask]) => [ask.question, ask.answer]),
    ...PART_CLASSES.map(part => part.value as new () => object),
  ]);
  const payload = (type: { readonly name: string }): Json => ({ $ref: `#/components/schemas/${type.name}` });

  const messages: Record<string, Json> = {};
  const channels: Record<string, Json> = {};
  const operations: Record<string, Json> = {};

  for (const [type, event] of events) {
    const name = pascal(type.replace(/\.v\d+$/, ''));
    const address = addressOf(type as EventType);
    const parameters = parametersOf(address);
    messages[name] = {
      name: type,
      title: event.says,
      contentType: 'application/json',
      headers: { $ref: '#/components/schemas/EventHeaders' },
      payload: payload(event.payload),
    };
    channels[name] = {
      address,
      title: event.says,
      description: `Stream ${event.stream}. ${STREAMS[event.stream]}`,
      messages: { [name]: { $ref: `#/components/messages/${name}` } },
      ...(parameters ? { parameters } : {}),
    };
    operations[`${event.stream === 'IN' ? 'receive' : 'send'}${name}`] = {
      action: event.stream === 'IN' ? 'receive' : 'send',
      channel: { $ref: `#/channels/${name}` },
      summary: event.says,
      messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
    };
  }

  for (const [key, ask] of asks) {
    const name = pascal(key);
    const address = addressOfAsk(key as keyof typeof ASKS);
    const parameters = parametersOf(address);
    messages[ask.question.name] = {
      name: ask.question.name,
      contentType: 'application/json',
      payload: payload(ask.question),
    };
    messages[ask.answer.name] = {
      name: ask.answer.name,
      contentType: 'application/json',
      payload: payload(ask.answer),
    };
    channels[`${name}Question`] = {
      address,
      title: ask.says,
      description: 'A request of core NATS: nothing is stored, and who asks waits a bounded time.',
      messages: { question: { $ref: `#/components/messages/${ask.question.name}` } },
      ...(parameters ? { parameters } : {}),
    };
    channels[`${name}Answer`] = {
      address: null,
      title: `The answer to: ${ask.says}`,
      messages: { answer: { $ref: `#/components/messages/${ask.answer.name}` } },
    };
    const core = ask.asked === 'core';
    operations[`${core ? 'answer' : 'ask'}${name}`] = {
      action: core ? 'receive' : 'send',
      channel: { $ref: `#/channels/${name}Question` },
      summary: ask.says,
      messages: [{ $ref: `#/channels/${name}Question/messages/question` }],
      reply: {
        address: { location: '$message.header#/reply', description: "The inbox of NATS' request" },
        channel: { $ref: `#/channels/${name}Answer` },
        messages: [{ $ref: `#/channels/${name}Answer/messages/answer` }],
      },
    };
  }

  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Filodiretto: the bus',
      version,
      description:
        'What the processes of Filodiretto say to each other over NATS JetStream, from the point of view of the core. ' +
        'Events are CloudEvents 1.0 in binary mode. Generated from libs/contracts: do not edit.',
      license: { name: 'AGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: { messages, schemas: { EventHeaders: EVENT_HEADERS, ...schemas } },
  };
  return { path: 'contracts/asyncapi.yaml', text: stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }) };
}
