import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_KNOWLEDGE, lengthOf, templateValues } from '@filodiretto/domain';
import { isRefused } from '../refused.js';
import { readTemplate } from '../template/engine.js';
import { TEMPLATES } from './templates.js';

const BARE = { ...EXAMPLE_KNOWLEDGE, contact: null, office: null, plannedDate: null };

describe.each(TEMPLATES)('the template $code of the invented city', ({ text, shortText }) => {
  it.each([EXAMPLE_KNOWLEDGE, BARE])('can be filled, and is short enough for a text message when it must', known => {
    const values = templateValues(known, 'it');
    const filled = [text, shortText].map(source => {
      const template = readTemplate(source, 'text');
      if (isRefused(template)) throw new Error(template.detail);
      const words = template.fill(values);
      if (typeof words !== 'string') throw new Error(words.detail);
      return words;
    });
    expect(filled.filter(one => /\{\{|undefined|null/.test(one))).toEqual([]);
    expect(lengthOf(filled[1] ?? '', 'segments')).toBe(1);
  });
});
