import { describe, expect, it } from '@jest/globals';
import { route, type RouteBook, type RouteRequest, type Rule } from './route.js';

const rule = (position: number, more: Partial<Rule>): Rule => ({
  id: `r${position}`,
  position,
  channel: null,
  account: null,
  form: null,
  category: null,
  officeId: null,
  kind: null,
  priority: null,
  categoryId: null,
  ...more,
});
const book: RouteBook = {
  rules: [
    rule(30, { channel: 'letters', account: 'roads', officeId: 'roads', kind: 'report' }),
    rule(10, { form: 'access', officeId: 'archive', kind: 'document_access', priority: 'high' }),
    rule(40, { channel: 'calls', kind: 'assistance' }),
    rule(20, { category: 'rubbish', categoryId: 'c-rubbish' }),
  ],
  categories: [
    { id: 'c-rubbish', code: 'rubbish', officeId: 'environment', kind: 'report' },
    { id: 'c-taxes', code: 'taxes', officeId: null, kind: 'assistance' },
    { id: 'c-light', code: 'light', officeId: 'works', kind: 'report' },
  ],
  defaultOffice: 'urp',
};

describe('route', () => {
  it.each<[string, Partial<RouteRequest>, [string | null, string, string, string | null, string]]>([
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
    expect(route({ channel: 'letters', account: 'info', ...request }, book)).toEqual({
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

  it('does not reorder the rules it is given', () => {
    const before = book.rules.map(one => one.id);
    route({ channel: 'letters', account: 'info' }, book);
    expect(book.rules.map(one => one.id)).toEqual(before);
  });
});
