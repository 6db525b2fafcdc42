import type { TFunction } from 'i18next';
import type { Schemas } from '../api/client.js';

/** Which office has a case, in a list: its name, that it is being sorted, or that no office ever had it. */
export const officeWords = (
  t: TFunction,
  { office, endedAt }: Pick<Schemas['CaseSummary'], 'office' | 'endedAt'>,
): string => office?.name ?? t(endedAt === undefined ? 'list.sorting' : 'list.nobody');
