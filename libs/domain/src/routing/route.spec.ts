import { describe, expect, it } from '@jest/globals';
import type { Conditions, Facts } from './condition.js';
import { route, type RouteBook, type Rule } from './route.js';

const rule = (position: number, when: Conditions, more: Partial<Rule>): Rule => ({
  id: `r${position}`,
  position,
  name: null,
  enabled: true,
  when,
  officeId: null,
  kind: null,
  priority: null,
  categoryId: null,
  skills: [],
  deadlinePolicy: null,
  confidentiality: null,
  tags: [],
  ...more,
});
const book: RouteBook = {
  rules: [
    rule(30, { channel: ['letters'], account: ['roads'] }, { officeId: 'roads', kind: 'report' }),
    rule(10, { form: ['access'] }, { officeId: 'archive', kind: 'document_access', priority: 'high' }),
    rule(40, { channel: ['calls'] }, { kind: 'assistance' }),
    rule(20, { category: ['rubbish'] }, { categoryId: 'c-rubbish' }),
  ],
  categories: [
    { id: 'c-rubbish', code: 'rubbish', officeId: 'environment', kind: 'report' },
    { id: 'c-taxes', code: 'taxes', officeId: null, kind: 'assistance' },
    { id: 'c-light', code: 'light', officeId: 'works', kind: 'report' },
  ],
  defaultOffice: 'urp',
};

describe('route', () => {
  it.each<[string, Facts, [string | null, string, string, string | null, string]]>([
    ['a mailbox has its office', { account: 'roads' }, ['roads', 'report', 'normal', null, 'rule:30']],
    [
      'the first rule by position wins, not the first written',
      { account: 'roads', form: 'access' },
      ['archive', 'document_access', 'high', null, 'rule:10'],
    ],
    [
      'a rule may lean on its category',
      { category: 'rubbish' },
      ['environment', 'report', 'normal', 'c-rubbish', 'category:rubbish'],
    ],
    [
      'a category without a rule has its office',
      { category: 'light' },
      ['works', 'report', 'normal', 'c-light', 'category:light'],
    ],
    [
      'a category without an office goes to the default',
      { category: 'taxes' },
      ['urp', 'assistance', 'normal', 'c-taxes', 'default'],
    ],
    ['a rule may give only a kind', { channel: 'calls' }, ['urp', 'assistance', 'normal', null, 'default']],
    [
      'a category that nobody knows is no category',
      { category: 'ufo' },
      ['urp', 'information', 'normal', null, 'default'],
    ],
    ['what no rule knows goes to the default', {}, ['urp', 'information', 'normal', null, 'default']],
  ])('%s', (_, request, [office, kind, priority, category, why]) => {
    expect(route({ channel: 'letters', account: 'info', ...request }, book)).toMatchObject({
      office,
      kind,
      priority,
      category,
      why,
    });
  });

  it('leaves a case in triage when the administration has no default', () => {
    expect(
      route({ channel: 'letters', account: 'info' }, { rules: [], categories: [], defaultOffice: null }),
    ).toMatchObject({
      office: null,
      why: 'nobody',
    });
  });

  it('gives what the rule asks for, and says so in words', () => {
    const english = rule(
      5,
      { language: ['en'], words: { any: ['tax*'] } },
      {
        name: 'Turisti',
        officeId: 'taxes',
        skills: [{ skill: 'language:en', level: 2 }],
        deadlinePolicy: 'fast',
        confidentiality: 'minors',
        tags: ['turismo'],
      },
    );
    expect(
      route({ language: 'en-GB', text: 'The TAXES!' }, { ...book, rules: [english, ...book.rules] }),
    ).toMatchObject({
      office: 'taxes',
      skills: [{ skill: 'language:en', level: 2 }],
      deadlinePolicy: 'fast',
      confidentiality: 'minors',
      tags: ['turismo'],
      rule: 'r5',
      why: 'rule:5',
      sentence: 'Regola 5 «Turisti»: lingua «en», parole «tax*»',
    });
  });

  it('passes over a rule that is off', () => {
    const off = rule(1, {}, { officeId: 'nowhere', enabled: false });
    expect(route({ account: 'roads', channel: 'letters' }, { ...book, rules: [off, ...book.rules] })).toMatchObject({
      office: 'roads',
    });
  });

  it('looks at the kind that the chosen category usually has', () => {
    const reports = rule(1, { kind: ['report'] }, { officeId: 'works', priority: 'high' });
    expect(route({ category: 'rubbish' }, { ...book, rules: [reports] })).toMatchObject({
      office: 'works',
      kind: 'report',
    });
  });

  it('passes over a category that takes no new cases, whether a rule gives it or a citizen chose it', () => {
    const rules = [rule(1, { words: { any: ['buca'] } }, { categoryId: 'c-closed' })];
    for (const [facts, category, office] of [
      [{ text: 'Una buca' }, null, 'urp'],
      [{ category: 'closed' }, null, 'urp'],
      [{ text: 'Una buca', category: 'light' }, 'c-light', 'works'],
    ] as const)
      expect(route(facts, { ...book, rules })).toMatchObject({ category, office });
  });

  it('does not reorder the rules it is given', () => {
    const before = book.rules.map(one => one.id);
    route({ channel: 'letters', account: 'info' }, book);
    expect(book.rules.map(one => one.id)).toEqual(before);
  });
});
