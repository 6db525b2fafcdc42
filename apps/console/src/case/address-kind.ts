import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '../api/queries.js';
import { channelsOfKind } from './person.js';

/** What a kind of address is called. */
export function useAddressKind(): (kind: string) => string {
  const { t } = useTranslation();
  const { data } = useQuery(channelsQuery);
  return kind => channelsOfKind(kind, data?.items ?? []) ?? t('contact.address');
}
