import { describe, expect, it } from '@jest/globals';
import { attemptFor, endAttempt, markOf } from './attempt.js';
import { rejoined, type Draft } from './rejoined.js';

describe('the key under which a draft is said', () => {
  it('is the same as long as its words are', () => {
    const key = attemptFor('one', { text: 'Buongiorno' });
    expect(attemptFor('one', { text: 'Buongiorno' })).toBe(key);
    expect(attemptFor('two', { text: 'Buongiorno' })).not.toBe(key);
    expect(attemptFor('one', { text: 'Buonasera' })).not.toBe(key);
  });

  it('is another once the same words are begun anew', () => {
    const key = attemptFor('three', { text: 'Grazie' });
    endAttempt('three');
    expect(attemptFor('three', { text: 'Grazie' })).not.toBe(key);
  });
});

describe('the mark of words', () => {
  it('says nothing of them, and tells others apart', () => {
    const words = ['', 'a', 'b', 'ab', 'ba', 'Via Roma 1', 'Via Roma 2'];
    expect(new Set(words.map(markOf)).size).toBe(words.length);
    expect(markOf('Via Roma 1')).toBe(markOf('Via Roma 1'));
    expect(markOf('Via Roma 1')).not.toContain('Roma');
  });
});

describe('a reply that was taken back', () => {
  const file = (id: string): Draft['attachments'][number] => ({
    id,
    filename: 'a',
    mediaType: 'image/png',
    size: 1,
    scan: 'clean',
  });
  const draft = (text: string, attachments: Draft['attachments'] = []): Draft => ({
    text,
    attachments,
    subject: '',
    conversation: 'c',
    visibility: undefined,
    begunFrom: 1,
  });

  it('is the draft again', () => {
    expect(rejoined(draft('prima', [file('1')]), draft(''))).toEqual(draft('prima', [file('1')]));
  });

  it('takes nothing from what was begun meanwhile', () => {
    expect(rejoined(draft('prima', [file('1')]), draft('dopo', [file('1'), file('2')]))).toEqual(
      draft('prima\n\ndopo', [file('1'), file('2')]),
    );
  });
});
