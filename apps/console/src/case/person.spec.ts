import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import type { Schemas } from '../api/client.js';
import { it as italian } from '../i18n/it.js';
import { channelsOfKind, personName } from './person.js';

const said = i18next.createInstance();
await said.init({ lng: 'it', resources: { it: { translation: italian } } });

describe('what a person is called', () => {
  it.each([
    { person: { name: 'Ada Neri', addresses: [{ value: '+39061' }] }, name: 'Ada Neri' },
    { person: { addresses: [{ value: '+39061', displayName: 'Ada' }] }, name: 'Ada' },
    { person: { addresses: [{ value: '+39061' }] }, name: '+39061' },
    { person: { address: '+39061' }, name: '+39061' },
    { person: {}, name: 'Persona senza nome' },
  ])('is $name', ({ person, name }) => {
    expect(personName(said.t, person)).toBe(name);
  });
});

describe('what a kind of address is called', () => {
  const channel = (id: string, addressKinds?: string[]): Schemas['ChannelView'] => ({
    manifest: { id, name: id.toUpperCase(), capabilities: addressKinds ? { addressKinds } : {} },
    accounts: [],
    seenAt: '2026-03-02T09:00:00Z',
    running: true,
  });

  it('is what the channels that reach it call themselves', () => {
    const channels = [channel('pigeon', ['ring']), channel('owl', ['ring', 'tree']), channel('wall')];
    expect(channelsOfKind('ring', channels)).toBe('PIGEON · OWL');
    expect(channelsOfKind('cave', channels)).toBeUndefined();
  });
});
