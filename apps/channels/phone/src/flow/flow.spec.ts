import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { defaultFlow } from './default-flow.js';
import { CallFlow, flowMistakes } from './flow.js';
import { gatesOf, isAnswered, reachable } from './reach.js';

const IT = { 'it-IT': 'Parole' };
const flowOf = (steps: readonly object[], more: object = {}): CallFlow =>
  plainToInstance(CallFlow, { start: 'a', timeZone: 'Europe/Rome', languages: ['it-IT'], steps, ...more });
const END = { id: 'z', type: 'hangup' };

describe('the mistakes of a flow', () => {
  it('are none in the flow that is shipped', () => expect(flowMistakes(defaultFlow)).toEqual([]));

  it.each([
    ['a start that is not there', flowOf([END], { start: 'nowhere' }), 'start: there is no step nowhere'],
    [
      'a zone that is none',
      flowOf([{ ...END, id: 'a' }], { timeZone: 'Europe/Rom' }),
      'timeZone: Europe/Rom is no time zone',
    ],
    [
      'two steps of one name',
      flowOf([
        { ...END, id: 'a' },
        { ...END, id: 'a' },
      ]),
      'a: there are two of them',
    ],
    ['a step that says nothing', flowOf([{ id: 'a', type: 'say', next: 'z' }, END]), 'a: a say needs text'],
    ['a step that leads nowhere', flowOf([{ id: 'a', type: 'say', text: IT }]), 'a: a say needs next'],
    ['an arrow to nothing', flowOf([{ id: 'a', type: 'say', text: IT, next: 'b' }]), 'a: there is no step b'],
    [
      'words in another language only',
      flowOf([{ id: 'a', type: 'say', text: { 'en-GB': 'x' }, next: 'z' }, END]),
      'a: no words in it-IT',
    ],
    ['a step to which no call comes', flowOf([{ ...END, id: 'a' }, END]), 'z: no call comes here'],
    [
      'a round in which nobody is asked anything',
      flowOf([
        { id: 'a', type: 'say', text: IT, next: 'b' },
        { id: 'b', type: 'hours', hours: [], open: 'a', closed: 'z' },
        END,
      ]),
      'a: a call goes round here for ever and nobody is asked anything',
    ],
    [
      'one key with two choices',
      flowOf([
        {
          id: 'a',
          type: 'menu',
          text: IT,
          next: 'z',
          keys: [
            { key: '1', next: 'z' },
            { key: '1', next: 'a' },
          ],
        },
        END,
      ]),
      'a: two choices have the key 1',
    ],
    [
      'a key that chooses a language nobody speaks',
      flowOf([{ id: 'a', type: 'menu', text: IT, next: 'z', keys: [{ key: '1', next: 'z', language: 'fr-FR' }] }, END]),
      'a: the key 1 chooses fr-FR, which is none of the languages',
    ],
    [
      'hours that never open',
      flowOf([
        { id: 'a', type: 'hours', open: 'z', closed: 'z', hours: [{ days: [1], from: '18:00', to: '08:00' }] },
        END,
      ]),
      'a: it never opens from 18:00 to 08:00',
    ],
    [
      'a patron saint on a day that does not exist',
      flowOf([{ id: 'a', type: 'hours', open: 'z', closed: 'z', hours: [], patron: '02-30' }, END]),
      'a: 02-30 is no day',
    ],
    ['a callback that no queue makes', flowOf([{ id: 'a', type: 'callback', text: IT }]), 'a: no queue calls back'],
  ])('name %s', (_name, flow, mistake) => expect(flowMistakes(flow)).toContain(mistake));

  it('do not count a menu that leads back to itself: somebody is asked', () =>
    expect(
      flowMistakes(flowOf([{ id: 'a', type: 'menu', text: IT, next: 'a', keys: [{ key: '1', next: 'z' }] }, END])),
    ).toEqual([]));

  it('do not count a mailbox that only those come to who leave a queue', () =>
    expect(
      flowMistakes(
        flowOf([
          { id: 'a', type: 'queue', queue: 'urp', text: IT },
          { id: 'm', type: 'voicemail', text: IT },
        ]),
      ),
    ).toEqual([]));
});

describe('who answers a queue', () => {
  const monday = (clock: string): Date => new Date(`2026-01-12T${clock}:00+01:00`);

  it('is decided by the hours through which a call comes to it', () => {
    expect(gatesOf(defaultFlow, 'urp').map(step => step.id)).toEqual(['orari']);
    expect(isAnswered(defaultFlow, 'urp', monday('10:00'))).toBe(true);
    expect(isAnswered(defaultFlow, 'urp', monday('20:00'))).toBe(false);
  });
  it('answers always when the hours lead to the queue either way', () => {
    const flow = flowOf([
      { id: 'a', type: 'hours', hours: [], open: 'q', closed: 'q' },
      { id: 'q', type: 'queue', queue: 'notte', text: IT },
    ]);
    expect(isAnswered(flow, 'notte', monday('03:00'))).toBe(true);
  });
  it('is looked for along every arrow, and no further', () =>
    expect([...reachable(defaultFlow, 'chiuso')].sort()).toEqual(['chiuso', 'segreteria']));
});
