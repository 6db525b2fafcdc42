import type { ContactRef } from '@filodiretto/contracts';
import { present } from '../http/present.js';

/** Whose a case is, as `CONTACT_REF` reads it. */
export interface ContactRefRow {
  readonly contact_id: string | null;
  readonly contact_name: string | null;
  readonly contact_reached: { readonly address: string; readonly addressKind: string | null } | null;
}

/**
 * SQL of whose a case `c` is: who it was joined to, and, when nobody knows their name, from where they wrote in this very case. Other
 * addresses of theirs may be known from cases that not everybody may see.
 */
export const CONTACT_REF = `coalesce(k.merged_into, k.id) as contact_id, coalesce(kk.name, k.name) as contact_name,
  case when coalesce(kk.name, k.name) is null then (
    select jsonb_build_object('address', coalesce(a.display_name, a.value),
      'addressKind', case when a.display_name is null then a.kind end) from conversation t
      join contact_address a on a.contact_id in (k.id, kk.id) and a.kind = t.address->>'kind' and a.value = t.address->>'value'
    where t.id in (select s.conversation_id from message s where s.case_id = c.id)
    order by a.created_at limit 1) end as contact_reached`;
export const CONTACT_REF_JOINS = `
  left join contact k on k.id = c.contact_id
  left join contact kk on kk.id = k.merged_into`;

export const contactRef = ({
  contact_id: id,
  contact_name: name,
  contact_reached: reached,
}: ContactRefRow): { contact?: ContactRef } =>
  id === null
    ? {}
    : { contact: { id, ...present({ name, address: reached?.address, addressKind: reached?.addressKind }) } };
