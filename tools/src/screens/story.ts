import { randomUUID } from 'node:crypto';
import type { CaseView } from '@filodiretto/contracts';
import type { Operator } from '../system/operators.js';

/** Somebody of the demonstration at the API. */
export class Desk {
  constructor(
    private readonly core: string,
    private readonly operators: readonly Operator[],
  ) {}

  /** What the API answers to one of the operators, by name; rejects when it refuses. */
  async ask<T>(
    name: string,
    path: string,
    {
      method = 'GET',
      body,
      version,
    }: { readonly method?: string; readonly body?: object; readonly version?: number } = {},
  ): Promise<T> {
    const token = this.operators.find(one => one.name.startsWith(name))?.token;
    if (token === undefined) throw new Error(`nobody of the demonstration is called ${name}`);
    const response = await fetch(`${this.core}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}

const URP = 'urp@comune.poggioverde.example';
/** What citizens say, and where: the lists of the operators have it on top. */
const SAID: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  [
    'rosa',
    'email',
    { to: URP, subject: 'Orari della biblioteca', text: 'Buongiorno, la biblioteca apre anche il sabato mattina?' },
  ],
  ['karim', 'whatsapp', { text: 'Il lampione di via dei Tigli è spento da tre giorni' }],
  ['rosa', 'messenger', { text: 'Quando si paga la seconda rata della TARI?' }],
  [
    'anna',
    'email',
    {
      to: URP,
      subject: 'Carta d’identità scaduta',
      text: 'Buongiorno,\nla mia carta d’identità è scaduta ieri e tra due settimane devo partire.\nPosso avere un appuntamento allo sportello? Mi bastano anche le prime ore del mattino.\nGrazie, Anna Lisi',
    },
  ],
];

/** Citizens write, one after the other; resolves when each was taken. */
export async function heard(citizens: string): Promise<void> {
  for (const [citizen, way, body] of SAID) {
    const response = await fetch(`${citizens}/api/citizens/${citizen}/${way}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${citizen} cannot write by ${way}: ${await response.text()}`);
  }
}

const TREES = [
  'Albero caduto sul sentiero',
  'Ramo pericolante sopra le panchine',
  'Siepe che chiude il marciapiede',
  'Albero spezzato dal vento',
  'Rami sulla pista ciclabile',
  'Pino inclinato vicino alla scuola',
] as const;

/** After a storm: more trees than usual in one area, for the map and what is sudden on it. */
export async function storm(desk: Desk): Promise<void> {
  const leader = 'Paolo Santini';
  const { items } = await desk.ask<{ items: { id: string; code: string }[] }>(leader, '/categories');
  const category = items.find(({ code }) => code === 'verde')?.id;
  if (category === undefined) throw new Error('the demonstration has no category verde');
  for (const [n, subject] of TREES.entries()) {
    const { id, version } = await desk.ask<CaseView>(leader, '/cases', {
      method: 'POST',
      body: { subject, category, text: 'Detto allo sportello da chi passava di lì.' },
    });
    await desk.ask(leader, `/cases/${id}/place`, {
      method: 'PUT',
      body: { latitude: 44.6005 + n / 5_000, longitude: 11.2005 + (n % 3) / 4_000 },
      version,
    });
  }
}

/** The case of a number ends well, as the citizen is told. */
export async function resolved(desk: Desk, number: string): Promise<void> {
  const leader = 'Paolo Santini';
  const { items } = await desk.ask<{ items: { id: string }[] }>(
    leader,
    `/cases?text=${encodeURIComponent(number)}&limit=1`,
  );
  const [found] = items;
  if (!found) throw new Error(`no case is called ${number}`);
  const { version } = await desk.ask<CaseView>(leader, `/cases/${found.id}`);
  await desk.ask(leader, `/cases/${found.id}/transitions`, {
    method: 'POST',
    body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Il lampione è stato riparato.' },
    version,
  });
}
