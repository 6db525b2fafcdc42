import { describe, expect, it } from '@jest/globals';
import { FIXED_RETENTION, SHIPPED_RETENTION } from '../retention/retention.js';
import {
  processingRegister,
  REGISTER_MEASURES,
  type ProcessingRegister,
  type RegisterFacts,
} from './processing-register.js';
import { REGISTER_LANGUAGES } from './register-words.js';
import { SHIPPED_PURPOSES } from './shipped-purposes.js';

const FACTS: RegisterFacts = {
  administration: 'Comune di Rocca',
  officer: null,
  tables: { contact: { personal: 'name' }, operator: { staff: 'name phone' }, clock: {} },
  places: { IN: 'personal', EVENT: 'ours' },
  purposes: SHIPPED_PURPOSES,
  terms: SHIPPED_RETENTION,
  fixed: FIXED_RETENTION,
  byNight: true,
  offices: 3,
  suppliers: [{ code: 'alfa', name: 'Alfa S.p.A.' }],
  channels: [{ code: 'posta', name: 'Posta' }],
  roles: [
    { role: 'dpo', permissions: ['privacy.read', 'tag.write'], reach: 'administration', people: 1 },
    { role: 'editor', permissions: ['template.write'], reach: 'administration', people: 2 },
  ],
  measures: REGISTER_MEASURES.map(code => ({ code, on: code !== 'scanner' })),
  routingRules: ['Ai lavori pubblici'],
  automations: ['Sollecita'],
  monitoring: [{ reference: 'Accordo 3/2026', scopes: ['figures'], until: '2027-12-31' }],
};
const rowsOf = ({ register, assessment }: ProcessingRegister, code: string): readonly (readonly string[])[] =>
  [...register, ...assessment].find(one => one.code === code)?.rows ?? [];

describe('the register of processing', () => {
  const made = processingRegister(FACTS, [], 'it');

  it.each([
    ['table', { tables: { ...FACTS.tables, newborn: { personal: 'given_name born_at' } } }, 'data', 'newborn'],
    ['column', { tables: { ...FACTS.tables, contact: { personal: 'name shoe_size' } } }, 'data', 'name, shoe_size'],
    ['stream', { places: { ...FACTS.places, LOUD: 'personal' as const } }, 'data', 'LOUD'],
    [
      'purpose',
      {
        purposes: [
          {
            code: 'survey',
            version: 1,
            perAddressKind: false,
            againAfterDays: 1,
            retired: false,
            texts: [{ language: 'it', name: 'Sondaggio', text: 'x' }],
          },
        ],
      },
      'purposes',
      'Sondaggio',
    ],
    [
      'channel',
      { channels: [{ code: 'piccioni', name: 'Piccioni viaggiatori' }] },
      'transfers',
      'Piccioni viaggiatori',
    ],
    ['supplier', { suppliers: [{ code: 'beta', name: 'Beta S.r.l.' }] }, 'recipients', 'Beta S.r.l.'],
    ['automation', { automations: ['Chiude da sola'] }, 'automated', 'Chiude da sola'],
  ])('has a %s that comes, without anybody writing it down', (_, more, section, word) => {
    const said = (register: ProcessingRegister): string => JSON.stringify(rowsOf(register, section));
    expect(said(made)).not.toContain(word);
    expect(said(processingRegister({ ...FACTS, ...more }, [], 'it'))).toContain(word);
  });

  it('has each term with its reason, and who may read', () => {
    expect(rowsOf(made, 'terms')).toHaveLength(SHIPPED_RETENTION.length + FIXED_RETENTION.length);
    expect(rowsOf(made, 'terms').every(([, , basis]) => basis !== '')).toBe(true);
    expect(rowsOf(made, 'access')).toEqual([['dpo', '1', 'administration', 'privacy.read']]);
    expect(rowsOf(made, 'data')).not.toContainEqual(expect.arrayContaining(['clock']));
  });

  it('says which measures are not on, and beside which risk', () => {
    expect(rowsOf(made, 'measures')).toContainEqual(['Antivirus su ogni file', 'non attiva']);
    const intrusion = rowsOf(made, 'risks').find(([risk = '']) => risk.startsWith('Un file'));
    expect(intrusion?.[2]).toBe('non attive: Antivirus su ogni file');
  });

  it('asks of the controller what nobody else can know, and keeps what was answered', () => {
    const asked = made.questions.map(one => one.code);
    expect(asked).toEqual(
      expect.arrayContaining(['hosting', 'supplier.alfa', 'channel.posta', 'transfer.posta', 'risk.loss']),
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(made.questions.every(one => one.answer === undefined && one.version === 0)).toBe(true);
    expect(rowsOf(made, 'transfers')).toContainEqual(['Posta', 'da completare a cura del titolare']);
    const answered = processingRegister(FACTS, [{ code: 'transfer.posta', text: 'No: Bologna', version: 2 }], 'it');
    expect(rowsOf(answered, 'transfers')).toContainEqual(['Posta', 'No: Bologna']);
    expect(answered.questions.find(one => one.code === 'transfer.posta')).toMatchObject({
      answer: 'No: Bologna',
      version: 2,
    });
  });

  it('is the same in each language, but for its words', () => {
    const shapes = REGISTER_LANGUAGES.map(language => {
      const { register, assessment, questions } = processingRegister(FACTS, [], language);
      return {
        sections: [...register, ...assessment].map(one => [one.code, one.columns.length, one.rows.length]),
        questions: questions.map(one => one.code),
      };
    });
    expect(shapes[0]).toEqual(shapes[1]);
    const [italian, english] = REGISTER_LANGUAGES.map(language => processingRegister(FACTS, [], language));
    expect(english?.register.some(one => italian?.register.some(({ title }) => title === one.title))).toBe(false);
  });
});
