import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '@filodiretto/api-client';
import { hindranceOf, lengthIn, namesOf, possibleIn, toChooseFrom, withCitizen } from './possible.js';

const conversation = (more: Partial<Schemas['CaseConversation']>): Schemas['CaseConversation'] => ({
  id: 'c',
  channel: 'pigeon',
  account: 'loft',
  address: { kind: 'ring', value: '7' },
  mayReply: true,
  ...more,
});
const channel = (capabilities: Schemas['Capabilities'], id = 'pigeon'): Schemas['ChannelView'] => ({
  manifest: { id, name: id.toUpperCase(), capabilities },
  accounts: [],
  seenAt: '2026-03-02T09:00:00Z',
  running: true,
});

describe('what can be written in a conversation', () => {
  it('is words of one’s own while the window is open, and approved ones alone once it closed', () => {
    const pigeon = channel({ templates: true, replyWindow: { hours: 24, templateOutside: true } });
    expect(possibleIn(conversation({}), [pigeon])).toMatchObject({ free: true, approved: true, because: undefined });
    expect(possibleIn(conversation({ mayReply: false, because: 'reply-window-closed' }), [pigeon])).toMatchObject({
      free: false,
      approved: true,
      because: 'reply-window-closed',
    });
  });

  it('is nothing where the channel has no approved words for after the window', () => {
    const closed = conversation({ mayReply: false, because: 'reply-window-closed' });
    expect(possibleIn(closed, [channel({ replyWindow: { hours: 24 } })])).toMatchObject({
      free: false,
      approved: false,
    });
    expect(possibleIn(closed, [channel({ templates: true, replyWindow: { hours: 24 } })]).approved).toBe(false);
  });

  it('has the limits of the channel by which it goes, where that is another', () => {
    const elsewhere = conversation({ instead: { channel: 'courier', address: { kind: 'house', value: 'x' } } });
    const here = possibleIn(elsewhere, [channel({ text: { maxLength: 10 } }), channel({ subject: true }, 'courier')]);
    expect(here).toMatchObject({ channel: 'courier', name: 'COURIER', can: { subject: true } });
  });

  it('begins where the citizen last wrote, and never among offices', () => {
    const ids = withCitizen([
      conversation({ id: 'old', lastInboundAt: '2026-03-01T09:00:00Z' }),
      conversation({ id: 'offices', internal: true, lastInboundAt: '2026-03-09T09:00:00Z' }),
      conversation({ id: 'new', lastInboundAt: '2026-03-02T09:00:00Z' }),
    ]).map(({ id }) => id);
    expect(ids).toEqual(['new', 'old']);
  });
});

describe('where to reply', () => {
  const address = { kind: 'ring', value: '7', displayName: 'Ada' };
  const ids = (some: readonly Schemas['CaseConversation'][], chosen?: string): string[] =>
    toChooseFrom(some, chosen).map(({ id }) => id);

  it('is offered once for each address that a reply reaches, the chosen conversation or the first that accepts one', () => {
    const form = conversation({ id: 'form', channel: 'form', instead: { channel: 'pigeon', address } });
    const older = conversation({ id: 'older', address });
    const shut = conversation({ id: 'shut', address, mayReply: false, because: 'reply-window-closed' });
    expect(ids([shut, form, older])).toEqual(['form']);
    expect(ids([shut, form, older], 'older')).toEqual(['older']);
    expect(ids([shut])).toEqual(['shut']);
  });

  it('says what differs where two would have the same name', () => {
    const two = [
      conversation({ id: 'a', address }),
      conversation({ id: 'b', address: { ...address, value: '8' } }),
      conversation({ id: 'c', address, account: 'tower' }),
    ];
    expect(namesOf(toChooseFrom(two, undefined), [channel({})])).toEqual([
      ['a', 'PIGEON · 7 · loft'],
      ['b', 'PIGEON · 8 · loft'],
      ['c', 'PIGEON · 7 · tower'],
    ]);
    expect(namesOf([conversation({ id: 'a', address })], [channel({})])).toEqual([['a', 'PIGEON · Ada']]);
    // A provider's number is never shown: which of them it is, is.
    expect(namesOf(toChooseFrom(two, undefined), [channel({ opaqueAddressKinds: ['ring'] })])).toEqual([
      ['a', 'PIGEON · Ada · 1'],
      ['b', 'PIGEON · Ada · 2'],
      ['c', 'PIGEON · Ada · 3'],
    ]);
  });
});

describe('the length of words', () => {
  it('is counted as the channel counts', () => {
    expect(lengthIn('perché', 'characters')).toBe(6);
    expect(lengthIn('🙂', undefined)).toBe(1);
    expect(lengthIn('perché', 'bytes')).toBe(7);
    expect([lengthIn('a'.repeat(160), 'segments'), lengthIn('a'.repeat(161), 'segments')]).toEqual([1, 2]);
    expect([lengthIn('“'.repeat(70), 'segments'), lengthIn('“'.repeat(71), 'segments')]).toEqual([1, 2]);
  });
});

describe('a file that is to go with a reply', () => {
  const can: Schemas['Capabilities'] = {
    attachments: { max: 2, maxBytes: 100, mediaTypes: ['image/*', 'application/pdf'] },
  };

  it('goes when the channel takes its sort, its size and one more', () => {
    expect(hindranceOf({ type: 'image/png', size: 100 }, 1, can)).toBeUndefined();
    expect(hindranceOf({ type: '', size: 1 }, 0, can)).toBeUndefined();
    expect(
      hindranceOf({ type: 'text/csv', size: 1 }, 0, { attachments: { max: 1, maxBytes: 9, mediaTypes: ['*/*'] } }),
    ).toBeUndefined();
  });

  it('stays, with the reason, when the channel does not', () => {
    expect(hindranceOf({ type: 'image/png', size: 101 }, 0, can)).toBe('too-large');
    expect(hindranceOf({ type: 'imagery/png', size: 1 }, 0, can)).toBe('kind');
    expect(hindranceOf({ type: 'image/png', size: 1 }, 2, can)).toBe('too-many');
    expect(hindranceOf({ type: 'image/png', size: 1 }, 0, {})).toBe('too-many');
  });
});
