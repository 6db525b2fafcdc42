import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { tellTimesIn } from '../i18n/format.js';
import { it as italian } from '../i18n/it.js';
import { factWords } from './facts.js';

const said = i18next.createInstance();
await said.init({ lng: 'it', resources: { it: { translation: italian } } });
tellTimesIn('Europe/Rome');

const NAMES = { office: () => undefined, operator: () => undefined };

describe('a term that was counted again', () => {
  it.each([
    { dueAt: '2026-12-02T13:00:00.000Z', until: '2 dic 2026, 14:00' },
    { dueAt: '2026-12-28T23:00:00.000Z', until: '28 dic 2026' },
  ])('says until when it runs now: $until', ({ dueAt, until }) => {
    const words = factWords(
      said.t,
      {
        id: '0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70',
        version: 4,
        at: '2026-11-27T10:00:00.000Z',
        fact: 'deadline_recounted',
        actor: { kind: 'system' },
        data: { clock: 'take_charge', dueAt, previousDueAt: '2026-11-30T13:00:00.000Z' },
        hash: '',
      },
      NAMES,
    );
    expect(words).toContain(`entro il ${until}`);
    expect(words).toContain(italian.clock.take_charge);
  });
});
