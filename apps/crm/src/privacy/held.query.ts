import { Inject, Injectable } from '@nestjs/common';
import { SHIPPED_PURPOSES, purposeText } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { FIELDS, fieldView, type FieldJson } from '../field/field.view.js';
import { keptUntil } from '../retention/kept.js';
import { LOOKERS } from '../trail/lookers.js';
import { restrictedSince } from './restriction.js';

/** Everything that is kept of a person, as they may have it (art. 15): no names of who works here, no ids of ours. */
export interface Held {
  readonly name: string | null;
  readonly knownSince: string;
  readonly restrictedSince: string | null;
  readonly addresses: readonly {
    kind: string;
    value: string;
    displayName: string | null;
    verified: boolean;
    since: string;
  }[];
  readonly cases: readonly HeldCase[];
  readonly consents: readonly { purpose: string; act: string; at: string; how: string; textVersion: number }[];
  readonly requests: readonly { number: string; kind: string; state: string; at: string; decidedAt: string | null }[];
  readonly looks: readonly Look[];
}
export interface HeldCase {
  readonly number: string;
  readonly subject: string;
  readonly kind: string;
  readonly state: string;
  readonly openedAt: string;
  readonly endedAt: string | null;
  readonly office: string | null;
  /** Until when it is kept; null: it is open, or a hold is on it. */
  readonly keptUntil: string | null;
  readonly fields: readonly { label: string; value: string }[];
  readonly messages: readonly {
    direction: 'in' | 'out';
    at: string;
    channel: string;
    subject: string | null;
    text: string;
    files: readonly { id: string; name: string | null; mediaType: string; size: number | null }[];
  }[];
  readonly notes: readonly { at: string; text: string }[];
}
/** Somebody looked: of which role and office, never by name. */
export interface Look {
  readonly at: string;
  readonly act: string;
  readonly role: string;
  readonly office: string;
}

/** The same, as PostgreSQL's JSON gives it. */
interface Kept extends Omit<Held, 'looks' | 'restrictedSince' | 'cases'> {
  readonly cases: readonly (Omit<HeldCase, 'fields' | 'keptUntil'> & { readonly fields: readonly FieldJson[] })[];
}

/** Most looks told one by one. */
const LOOKS = 2_000;

const SAME = `(select p.id from contact p, contact me where me.id = $2 and p.administration_id = me.administration_id
  and coalesce(p.merged_into, p.id) = coalesce(me.merged_into, me.id))`;

/** What is kept of one person. Only cases that are theirs, and in them only what they and the administration said to each other. */
@Injectable()
export class HeldQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** `undefined`: the administration knows none of this id. */
  async of(
    administrationId: string,
    contactId: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Held | undefined> {
    const [row]: Kept[] = await manager.query(
      `select k.name, k.created_at as "knownSince",
         (select coalesce(json_agg(json_build_object('kind', a.kind, 'value', a.value, 'displayName', a.display_name,
            'verified', a.verified, 'since', a.created_at) order by a.created_at), '[]')
          from contact_address a where a.contact_id in ${SAME}) as addresses,
         (select coalesce(json_agg(json_build_object('number', c.number, 'subject', c.subject, 'kind', c.kind, 'state', c.state,
            'openedAt', c.opened_at, 'endedAt', c.ended_at, 'office', o.name,
            'fields', ${FIELDS},
            'messages', (select coalesce(json_agg(json_build_object('direction', m.direction, 'at', m.sent_at, 'channel', m.channel,
                'subject', m.subject, 'text', m.text,
                'files', (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.filename, 'mediaType', t.media_type,
                   'size', t.size) order by t.part), '[]') from attachment t where t.message_id = m.id)) order by m.sent_at, m.seq), '[]')
               from message m where m.case_id = c.id and m.letter_id is null and m.visibility <> 'internal'
                 and m.copy_of is null and m.send_state is distinct from 'withdrawn' and (m.contact_id in ${SAME} or m.direction = 'out')),
            'notes', (select coalesce(json_agg(json_build_object('at', n.created_at, 'text', n.text) order by n.created_at), '[]')
               from internal_note n where n.case_id = c.id)) order by c.opened_at), '[]')
          from case_file c left join office o on o.id = c.office_id where c.contact_id in ${SAME}) as cases,
         (select coalesce(json_agg(json_build_object('purpose', e.purpose, 'act', e.act, 'at', e.at, 'how', e.how,
            'textVersion', e.text_version) order by e.position), '[]') from consent_entry e where e.contact_id in ${SAME}) as consents,
         (select coalesce(json_agg(json_build_object('number', c.number, 'kind', r.kind, 'state', r.state, 'at', r.asked_at,
            'decidedAt', r.decided_at) order by r.asked_at), '[]')
          from rights_request r join case_file c on c.id = r.case_id where r.contact_id in ${SAME}) as requests
       from contact k where k.administration_id = $1 and k.id = (select coalesce(merged_into, id) from contact where id = $2)`,
      [administrationId, contactId],
    );
    if (!row) return undefined;
    const since = await restrictedSince(manager, contactId);
    const kept = new Map(
      (await keptUntil(manager, administrationId, contactId)).map(({ number, until }) => [number, until] as const),
    );
    return {
      ...row,
      cases: row.cases.map(({ fields, ...one }) => ({
        ...one,
        keptUntil: kept.get(one.number)?.toISOString() ?? null,
        fields: fields.map(fieldView).map(({ label, shown }) => ({ label, value: shown })),
      })),
      restrictedSince: since?.toISOString() ?? null,
      consents: row.consents.map(one => ({ ...one, purpose: nameOf(one.purpose) })),
      looks: await this.looks(administrationId, contactId, manager),
    };
  }

  /** Who looked at them or at their cases, the latest first. */
  async looks(
    administrationId: string,
    contactId: string,
    manager: EntityManager = this.dataSource.manager,
    limit = LOOKS,
  ): Promise<Look[]> {
    return manager.query(
      `select t.at, t.act, ${LOOKERS.role} as role, ${LOOKERS.office} as office from trail_entry t ${LOOKERS.joins}
       where t.administration_id = $1 and ${LOOKERS.are}
         and (t.subject_id in ${SAME} or t.case_id in (select id from case_file where contact_id in ${SAME}))
       order by t.at desc, t.id desc limit ${limit}`,
      [administrationId, contactId],
    );
  }
}

const nameOf = (code: string): string => {
  const purpose = SHIPPED_PURPOSES.find(one => one.code === code);
  return purpose ? purposeText(purpose, 'it').name : code;
};
