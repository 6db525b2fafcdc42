import { describe, expect, it } from '@jest/globals';
import { correspondentKey } from './correspondent.js';

const email = (value: string): string => correspondentKey({ kind: 'email', value });

describe('the one name of a recipient', () => {
  it.each([
    'Anna.Riva@Comune.Example',
    'annariva+orari@comune.example',
    'a.n.n.a.riva+a+b@comune.example',
    '"anna.riva"@comune.example',
    ' anna.riva@comune.example. ',
  ])('is the same for %s', value => {
    expect(email(value)).toBe('email:annariva@comune.example');
  });

  it.each([
    ['another domain', 'anna.riva@altro.example', 'email:annariva@altro.example'],
    ['a mailbox named by a tag alone', '+@comune.example', 'email:+@comune.example'],
    ['a mailbox of dots alone', '..@comune.example', 'email:..@comune.example'],
    ['what is no address', 'anna', 'email:anna'],
  ])('keeps apart %s', (_, value, expected) => {
    expect(email(value)).toBe(expected);
  });

  it('reads a telephone number without its spaces', () => {
    expect(correspondentKey({ kind: 'phone', value: '+39 06-1234' })).toBe('phone:+39061234');
  });
});
