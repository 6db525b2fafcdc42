import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import type { Schemas } from '../api/client.js';
import { it as italian } from '../i18n/it.js';
import { addressShown, channelsOfKind, opaqueKinds, personName } from './person.js';

const said = i18next.createInstance();
await said.init({ lng: 'it', resources: { it: { translation: italian } } });

describe('what a person is called', () => {
  it.each([
    { person: { name: 'Ada Neri', addresses: [{ kind: 'phone', value: '+39061' }] }, name: 'Ada Neri' },
    { person: { addresses: [{ kind: 'phone', value: '+39061', displayName: 'Ada' }] }, name: 'Ada' },
    { person: { addresses: [{ kind: 'phone', value: '+39061' }] }, name: '+39061' },
    { person: { address: '+39061', addressKind: 'phone' }, name: '+39061' },
    { person: { addresses: [{ kind: 'wing', value: '393471000002' }] }, name: '+393471000002' },
    { person: { address: '393471000002', addressKind: 'wing' }, name: '+393471000002' },
    { person: { address: '3471000002', addressKind: 'wing' }, name: '3471000002' },
    { person: { address: 'Ada' }, name: 'Ada' },
    { person: {}, name: 'Persona senza nome' },
  ])('is $name', ({ person, name }) => {
    expect(personName(said.t, person)).toBe(name);
  });

  it.each([
    { person: { addresses: [{ kind: 'ring', value: '310000000000003' }] }, name: 'Senza nome · PIGEON' },
    { person: { address: '310000000000003', addressKind: 'ring' }, name: 'Senza nome · PIGEON' },
    { person: { addresses: [{ kind: 'ring', value: '31', displayName: 'Ada' }] }, name: 'Ada' },
    {
      person: {
        addresses: [
          { kind: 'ring', value: '31' },
          { kind: 'phone', value: '+39061' },
        ],
      },
      name: '+39061',
    },
  ])('is $name, and never a number of the provider’s', ({ person, name }) => {
    expect(personName(said.t, person, { ring: 'PIGEON' })).toBe(name);
  });
});

describe('an address as it is shown', () => {
  it.each([
    { address: { kind: 'wing', value: '393471000002' }, shown: '+393471000002' },
    { address: { kind: 'wing', value: 'ada@example.org', displayName: 'Ada' }, shown: 'ada@example.org' },
    { address: { kind: 'ring', value: '310000000000003', displayName: 'Ada' }, shown: 'Ada' },
    { address: { kind: 'ring', value: '310000000000003' }, shown: undefined },
  ])('is $shown', ({ address, shown }) => {
    expect(addressShown(address, { ring: 'PIGEON' })).toBe(shown);
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

  it('is a provider’s number where its channel says so', () => {
    const one = channel('pigeon');
    const { manifest } = one;
    const opaque = { ...one, manifest: { ...manifest, capabilities: { opaqueAddressKinds: ['foot'] } } };
    expect(opaqueKinds([opaque, channel('owl', ['tree'])])).toEqual({ foot: 'PIGEON' });
    expect(channelsOfKind('foot', [opaque])).toBe('PIGEON');
  });
});
