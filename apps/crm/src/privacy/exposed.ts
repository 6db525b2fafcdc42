import type { Part } from '@filodiretto/contracts';
import { personalDataIn, type PersonalDataKind } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { searchText } from '../intake/words.js';

/** What of a person stands in words that everybody is about to read; what the offices themselves are reached at is nobody's. */
export async function exposedIn(
  manager: EntityManager,
  administrationId: string,
  content: readonly Part[],
  subject: string | undefined,
): Promise<PersonalDataKind[]> {
  const text = searchText(subject, content);
  if (personalDataIn(text).length === 0) return [];
  const offices: { email: string }[] = await manager.query(
    'select lower(email) as email from office where administration_id = $1 and email is not null',
    [administrationId],
  );
  const found = personalDataIn(text, new Set(offices.map(({ email }) => email)));
  return [...new Set(found.map(({ kind }) => kind))];
}
