import type { Sought } from './scim-query.js';

/** What a store finds by an index: by these alone, or anything. */
export interface LookedUp {
  readonly id?: string;
  /** Whatever its letters' case. */
  readonly userName?: string;
  readonly externalId?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NOTHING = '00000000-0000-0000-0000-000000000000';
/** What the database and the filter write in small letters alike. */
const ASCII = /^[\x20-\x7e]*$/;

/** What a filter leaves to an index; nothing, where it asks for something else. The same of users and of groups. */
export function lookedUp(sought: Sought | undefined): LookedUp {
  if (sought === undefined) return {};
  const { attribute, value } = sought;
  if (attribute === 'id') return { id: UUID.test(value) ? value : NOTHING };
  if (attribute === 'username' && ASCII.test(value)) return { userName: value };
  // What the database cannot keep is nobody's.
  if (value.includes('\u0000')) return { id: NOTHING };
  return attribute === 'externalid' ? { externalId: value } : {};
}
