import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CallPart, IncomingCall } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { Intake } from '../intake/intake.js';
import { TALKS } from '../testing.js';
import { EventReader } from './testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let ways: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  ways = await rest.channel({ ...TALKS, acknowledge: false }, anna.administrationId);
  await rest.ask('PUT', '/api/operators/me/presence', { as: anna, body: { status: 'available' } });
});
afterAll(() => rest.stop());

const listen = (as: TestOperator): Promise<EventReader> =>
  EventReader.open(as, { at: rest.core.running.url, only: 'call.changed' });
const ringing = (): CallPart => ({ type: 'call', direction: 'in', arrivedAt: new Date().toISOString(), steps: [] });
const from = { kind: 'phone', value: '+393331234567', displayName: 'Mario Bianchi' };
const rings = (externalId: string): Promise<{ message: string; caseId: string }> =>
  rest.receive(ways, { externalId, conversation: `call:${from.value}`, from, content: [ringing()] });
const goesOn = (externalId: string, revision: number, more: Partial<CallPart>): Promise<void> =>
  rest.app.get(Intake).takeAll([
    {
      eventId: v7(),
      type: 'message.progressed.v1' as const,
      data: {
        ...ways,
        externalId,
        conversation: `call:${from.value}`,
        state: 'content',
        revision,
        content: [{ ...ringing(), ...more }],
        at: new Date().toISOString(),
      },
      correlationId: v7(),
      released: false,
    },
  ]);

describe('a call that comes in', () => {
  it('is told while it rings to who is to answer it: who calls, the case, and each key as it is pressed', async () => {
    const listener = await listen(anna);
    const call = v7();
    const began = performance.now();
    const { message, caseId } = await rings(call);
    const rang = await listener.next<IncomingCall>();
    expect(rang.data).toMatchObject({
      message,
      state: 'ringing',
      case: { id: caseId },
      contact: { name: 'Mario Bianchi' },
      from: '+393331234567',
      steps: [],
      forYou: true,
    });
    // Generous: the machine of the tests is busy, and what is measured is that nothing waits for a poll of seconds.
    expect(rang.at - began).toBeLessThan(3_000);
    const steps = [{ step: 'menu', at: new Date().toISOString(), choice: '1' }];
    await goesOn(call, 1, { steps });
    expect((await listener.next<IncomingCall>()).data).toMatchObject({ message, state: 'ringing', steps });
    await goesOn(call, 2, { steps, queuedAt: new Date().toISOString() });
    expect((await listener.next<IncomingCall>()).data.state).toBe('waiting');
    await goesOn(call, 3, { steps, endedAt: new Date().toISOString(), ending: 'abandoned' });
    expect((await listener.next<IncomingCall>()).data).toMatchObject({ state: 'ended', steps });
    // It is one message all the while.
    const [{ count } = { count: 0 }]: { count: number }[] = await rest.dataSource.query(
      'select count(*)::int as count from message where external_id = $1',
      [call],
    );
    expect(count).toBe(1);
    listener.close();
  });

  it('is told to who sees it and is not to answer it as such, and to nobody else', async () => {
    const away = await rest.office(anna.administrationId, 'Altro ufficio');
    const absent = await rest.operator(anna.administrationId, anna.office, 'Assente');
    const outsider = await rest.operator(anna.administrationId, away, 'Estranea', 'back_office_member');
    const stranger = await rest.administration('Montechiaro');
    const [seeing, ...others] = await Promise.all([absent, outsider, stranger].map(listen));
    const { message } = await rings(v7());
    expect((await seeing?.next<IncomingCall>())?.data).toMatchObject({ message, forYou: false });
    for (const listener of others) {
      expect(listener.heardOf(message)).toBe(false);
      listener.close();
    }
    seeing?.close();
  });
});
