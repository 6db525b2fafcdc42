import { describe, expect, it } from '@jest/globals';
import { bodyOf, lacking, NOTHING, type Field, type Opening } from './written.js';

const field = (more: Partial<Field>): Field => ({
  code: 'pali',
  label: 'Pali',
  type: 'number',
  required: 'never',
  citizen: true,
  ...more,
});
const written = (more: Partial<Opening>): Opening => ({ ...NOTHING, subject: 'Lampione', who: 'nobody', ...more });

describe('a case opened by hand', () => {
  it.each<[string, Partial<Opening>, readonly Field[], Record<string, string>]>([
    ['needs its subject', { subject: '  ' }, [], { '/subject': 'required' }],
    ['needs nobody’s name when they do not say it', {}, [], {}],
    ['needs the person who is said to be known', { who: 'known' }, [], { '/contact': 'person' }],
    ['needs a name or an address of who is new', { who: 'new' }, [], { '/newContact/name': 'new' }],
    [
      'needs to know what an address is',
      { who: 'new', address: '+39055' },
      [],
      { '/newContact/addresses/0/kind': 'address' },
    ],
    ['is content with an address alone', { who: 'new', address: '+39055', addressKind: 'tel' }, [], {}],
    [
      'needs the fields that its category wants at once, and no others',
      {},
      [field({ required: 'opening' }), field({ code: 'poi', required: 'closing' })],
      { '/fields/pali': 'required' },
    ],
    ['needs a number where a number goes', { fields: { pali: 'tre' } }, [field({})], { '/fields/pali': 'number' }],
    ['takes a comma in a number', { fields: { pali: '2,5' } }, [field({})], {}],
  ])('%s', (_, more, fields, lacks) => {
    expect(Object.fromEntries(lacking(written(more), fields))).toEqual(lacks);
  });

  it('says how it came before what was said, and only what was written', () => {
    expect(bodyOf(written({ text: ' È spento. ' }), [], 'Allo sportello')).toEqual({
      subject: 'Lampione',
      text: 'Allo sportello\n\nÈ spento.',
      priority: 'normal',
    });
  });

  it('gives each field of the category the value that its type has, and drops what another category had', () => {
    const fields = [
      field({}),
      field({ code: 'led', type: 'yes_no' }),
      field({ code: 'vie', type: 'choices' }),
      field({ code: 'niente', type: 'text' }),
    ];
    const { fields: values } = bodyOf(
      written({ fields: { pali: '2,5', led: 'no', vie: ['roma'], niente: ' ', prima: 'x' } }),
      fields,
      'Per telefono',
    );
    expect(values).toEqual({ pali: 2.5, led: false, vie: ['roma'] });
  });

  it('names either a person we know or a new one', () => {
    const contact = { id: '1', name: 'Rosa' };
    expect(bodyOf(written({ who: 'known', contact, name: 'Altra' }), [], '')).toMatchObject({ contact: '1' });
    const { contact: none, newContact } = bodyOf(written({ who: 'new', contact, name: 'Altra' }), [], '');
    expect([none, newContact]).toEqual([undefined, { name: 'Altra' }]);
  });
});
