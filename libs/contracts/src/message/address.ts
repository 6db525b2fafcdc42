import { Flag, ListOf, Text } from '../fields.js';

/** Another name of the same endpoint: a person may be known by several, and a telephone number may be missing. */
export class Alias {
  @Text('What sort of address it is; an open word chosen by the channel', { max: 40 }) readonly kind: string;
  @Text('The address', { max: 512 }) readonly value: string;
}

/** Where a person can be reached on one channel. Opaque to all but its channel. */
export class Address {
  @Text('What sort of address it is; an open word chosen by the channel', { max: 40 }) readonly kind: string;
  @Text('The address', { max: 512 }) readonly value: string;
  @ListOf('Other names of the same endpoint', () => Alias, { max: 10, optional: true }) readonly aliases?: Alias[];
  @Text('The name the person shows', { max: 300, optional: true }) readonly displayName?: string;
  @Flag('Whether the channel proves that the person holds the address', { optional: true }) readonly verified?: boolean;
}
