import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '../api/queries.js';
import { addressShown, channelsOfKind, opaqueKinds } from './person.js';

/** What a kind of address is called. */
export function useAddressKind(): (kind: string) => string {
  const { t } = useTranslation();
  const { data } = useQuery(channelsQuery);
  return kind => channelsOfKind(kind, data?.items ?? []) ?? t('contact.address');
}

/** An address as it is shown to people: never a number of a provider's. */
export function useAddressShown(): (address: Parameters<typeof addressShown>[0]) => string {
  const { t } = useTranslation();
  const { data } = useQuery(channelsQuery);
  const opaque = opaqueKinds(data?.items ?? []);
  return address => addressShown(address, opaque) ?? t('contact.nameless');
}
