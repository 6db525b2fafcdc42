import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { channelsQuery } from '../api/queries.js';
import { opaqueKinds, personName } from './person.js';

const opaqueOf = ({ items }: Schemas['ChannelList']) => opaqueKinds(items);

/** What a person is called, by what the channels say of their addresses. */
export function usePersonName(): (person: Parameters<typeof personName>[1]) => string {
  const { t } = useTranslation();
  const { data } = useQuery({ ...channelsQuery, select: opaqueOf });
  return useCallback(person => personName(t, person, data), [t, data]);
}
