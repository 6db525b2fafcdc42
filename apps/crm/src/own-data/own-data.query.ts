import { Inject, Injectable } from '@nestjs/common';
import type { OwnAddress, OwnCase, OwnConsent, OwnData, OwnLook, OwnMessage, OwnRequest } from '@filodiretto/contracts';
import { maskedAddress, purposeText } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { STATES } from '../deadline/tracking.controller.js';
import { at, atOrNull, present } from '../http/present.js';
import { trackedMessage, withoutCode } from '../intake/tracking.js';
import { shownWords } from '../message/shown-words.js';
import { consentsOfContact } from '../privacy/consent-ledger.js';
import { ROLE_NAMES } from '../privacy/held-page.js';
import { Purposes } from '../privacy/purposes.js';
import { restrictedSince } from '../privacy/restriction.js';
import { keptUntil } from '../retention/kept.js';
import { LOOKERS } from '../trail/lookers.js';
import type { Citizen } from './sessions.js';

interface SaidRow {
  readonly by: OwnMessage['by'];
  readonly at: string;
  /** It gave a tracking code, of which its words keep the place. */
  readonly coded: boolean;
  readonly text: string;
  readonly files: readonly { readonly name: string | null; readonly mediaType: string; readonly size: number | null }[];
}
interface CaseRow {
  readonly id: string;
  readonly contactId: string;
  readonly number: string;
  readonly subject: string;
  readonly kind: OwnCase['kind'];
  readonly state: OwnCase['stateCode'];
  readonly openedAt: string;
  readonly endedAt: string | null;
  readonly office: string | null;
  readonly messages: readonly SaidRow[];
}
interface Row {
  readonly name: string | null;
  readonly knownSince: Date | null;
  readonly addresses: readonly { readonly kind: string; readonly value: string; readonly since: string }[];
  readonly cases: readonly CaseRow[];
  readonly requests: readonly (Omit<OwnRequest, 'dueDate' | 'decidedAt'> & {
    readonly dueDate: string | null;
    readonly decidedAt: string | null;
  })[];
  readonly looks: readonly {
    readonly at: string;
    readonly act: OwnLook['act'];
    readonly role: string;
    readonly office: string;
  }[];
}

const LOOKS = 500;
const MAX_TEXT = 200_000;

/**
 * What is kept of a citizen, as far as it is certain who they are. Who showed one address sees what came from it and went to it,
 * in cases that are theirs: whoever wrote under the same name, or from another address of the record, is not taken for them. Who
 * showed an address is told nothing of confidential cases: not that there is one, nor which office looked because of it, nor an
 * address that they alone know. What offices noted among themselves is not here: an operator reads it first, when access is asked for.
 */
@Injectable()
export class OwnDataQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Purposes) private readonly purposes: Purposes,
  ) {}

  async of(citizen: Citizen, language: string | null): Promise<OwnData> {
    const { administrationId, contactId, assurance, identity, until } = citizen;
    const { manager } = this.dataSource;
    const row = await this.row(citizen);
    const people = [...new Set([...(contactId === null ? [] : [contactId]), ...row.cases.map(one => one.contactId)])];
    const terms = await Promise.all(people.map(one => keptUntil(manager, administrationId, one)));
    const kept = new Map(terms.flat().map(one => [one.caseId, one] as const));
    const rests = contactId === null ? null : await restrictedSince(manager, contactId);
    const isShown = ({ kind, value }: { readonly kind: string; readonly value: string }): boolean =>
      kind === citizen.address?.kind && value === citizen.address.value;
    return {
      assuranceLevel: assurance.level,
      hidesConfidential: !assurance.confidential,
      until: at(until),
      ...(identity
        ? { identity: { name: identity.name, provider: identity.provider, known: contactId !== null } }
        : {}),
      knownSince: at(row.knownSince ?? identity?.since ?? until),
      ...present({ name: row.name, restrictedSince: atOrNull(rests) }),
      addresses: row.addresses.map((one): OwnAddress => {
        const verified = isShown(one);
        const value = verified || identity !== null ? one.value : maskedAddress(one.value);
        return { kind: one.kind, value, verified, since: at(one.since) };
      }),
      cases: row.cases.map(one => {
        const term = kept.get(one.id);
        return caseOf(one, term?.until ?? null, term?.legalBasis ?? null, term?.held ?? false);
      }),
      consents: await this.consents(citizen, language),
      requests: row.requests.map(({ dueDate, decidedAt, ...one }) => ({
        ...one,
        at: at(one.at),
        ...present({ dueDate, decidedAt: atOrNull(decidedAt) }),
      })),
      looks: row.looks.map(({ role, ...one }) => ({ ...one, at: at(one.at), role: ROLE_NAMES[role] ?? 'un addetto' })),
    };
  }

  private async row({ administrationId, contactId, address, identity, assurance }: Citizen): Promise<Row> {
    const [row]: Row[] = await this.dataSource.query(
      `with person as (
         select p.id from contact p, contact me where me.id = $2 and p.administration_id = me.administration_id
           and coalesce(p.merged_into, p.id) = coalesce(me.merged_into, me.id)),
       -- By its code: what the code shows, and no more.
       claimed as (
         select t.* from citizen_case q cross join lateral
           ${trackedMessage('m.tracking_hash = q.tracking_hash and m.administration_id = $1')} t
         where q.identity_id = $7 and t.case_id is not null),
       said as (
         select m.id, m.case_id, m.direction, m.sent_at, m.seq, coalesce(${shownWords('m')}, '') as text, m.tracking_hash is not null and m.direction = 'out' as coded, m.send_state from message m
         where m.contact_id in (select id from person) and m.case_id is not null and m.letter_id is null
           and m.visibility <> 'internal' and m.copy_of is null and m.erased_at is null
           and m.send_state is distinct from 'withdrawn'
           and ($5 or m.address->>'kind' = $3 and m.address->>'value' = $4)
         union
         select m.id, m.case_id, m.direction, m.sent_at, m.seq, coalesce(${shownWords('m')}, '') as text, m.tracking_hash is not null and m.direction = 'out' as coded, m.send_state from claimed t
           join message m on m.case_id = t.case_id and (m.direction = 'out' or m.conversation_id = t.conversation_id)
           join contact w on w.id = m.contact_id join contact g on g.id = t.contact_id
             and coalesce(w.merged_into, w.id) = coalesce(g.merged_into, g.id)
         where m.letter_id is null and m.visibility <> 'internal' and m.copy_of is null and m.erased_at is null
           and m.send_state is distinct from 'withdrawn'),
       mine as (
         select c.* from case_file c
         where c.administration_id = $1
           and (c.contact_id in (select id from person) and ($6 or c.confidentiality is null)
               and ($5 or c.id in (select case_id from said))
             or c.id in (select case_id from claimed))
           and not exists (select from journal j where j.case_id = c.id and j.fact = 'erased'))
       select k.name, k.created_at as "knownSince",
         (select coalesce(json_agg(json_build_object('kind', a.kind, 'value', a.value, 'since', a.created_at) order by a.created_at), '[]')
          from contact_address a where a.contact_id in (select id from person)
            -- One that confidential cases alone know would tell of them.
            and ($6 or a.kind = $3 and a.value = $4 or coalesce((
              select bool_or(c.confidentiality is null) from message m join case_file c on c.id = m.case_id
              where m.contact_id in (select id from person) and m.address->>'kind' = a.kind and m.address->>'value' = a.value), true))) as addresses,
         (select coalesce(json_agg(json_build_object('id', c.id, 'contactId', c.contact_id, 'number', c.number, 'subject', c.subject, 'kind', c.kind,
            'state', c.state, 'openedAt', c.opened_at, 'endedAt', c.ended_at, 'office', o.name,
            'messages', (select coalesce(json_agg(json_build_object('by', case m.direction when 'in' then 'you' else 'us' end,
               'at', m.sent_at, 'text', left(m.text, ${MAX_TEXT}), 'coded', m.coded,
               'files', (select coalesce(json_agg(json_build_object('name', t.filename, 'mediaType', t.media_type,
                  'size', t.size) order by t.part), '[]') from attachment t where t.message_id = m.id)) order by m.sent_at, m.seq), '[]')
              from said m where m.case_id = c.id and m.send_state is distinct from 'queued')) order by c.opened_at desc), '[]')
          from mine c left join office o on o.id = c.office_id) as cases,
         (select coalesce(json_agg(json_build_object('number', c.number, 'kind', r.kind, 'state', r.state, 'at', r.asked_at,
            'dueDate', c.due_date::text, 'decidedAt', r.decided_at) order by r.asked_at desc), '[]')
          from rights_request r join mine c on c.id = r.case_id where r.contact_id in (select id from person)) as requests,
         (select coalesce(json_agg(l order by l.at desc), '[]') from (
            select t.at, t.act, ${LOOKERS.role} as role, ${LOOKERS.office} as office from trail_entry t ${LOOKERS.joins}
            where t.administration_id = $1 and ${LOOKERS.are}
              and ($6 and t.subject_id in (select id from person) or t.case_id in (select id from mine where contact_id in (select id from person)))
            order by t.at desc, t.id desc limit ${LOOKS}) l) as looks
       from (select) one left join contact k on k.id = $2`,
      [
        administrationId,
        contactId,
        address?.kind ?? null,
        address?.value ?? null,
        assurance.sees === 'person',
        assurance.confidential,
        identity?.id ?? null,
      ],
    );
    if (!row) throw new Error('a statement gave no row');
    return row;
  }

  private async consents(
    { administrationId, contactId, address }: Citizen,
    language: string | null,
  ): Promise<OwnConsent[]> {
    if (contactId === null) return [];
    const { manager } = this.dataSource;
    const facts = await consentsOfContact(manager, administrationId, contactId);
    return (
      (await this.purposes.all(administrationId, manager))
        .map(purpose => {
          const said = facts.filter(
            one =>
              one.purpose === purpose.code &&
              (one.addressKind === null || address === null || one.addressKind === address.kind),
          );
          return { purpose, now: said.findLast(one => one.act !== 'asked') ?? said.at(-1) };
        })
        // What nobody is asked for any more is shown as long as it was agreed to: it can be taken back.
        .filter(({ purpose, now }) => !purpose.retired || now?.act === 'given')
        .map(({ purpose, now }) => {
          const text = purposeText(purpose, language);
          return {
            purpose: purpose.code,
            name: text.name,
            text: text.text,
            language: text.language,
            textVersion: purpose.version,
            state: now?.act ?? 'none',
            ...(now ? { since: now.at } : {}),
          };
        })
    );
  }
}

const caseOf = (
  { id: _id, contactId: _contactId, state, messages, openedAt, endedAt, office, ...one }: CaseRow,
  until: Date | null,
  because: string | null,
  held: boolean,
): OwnCase => ({
  ...one,
  stateCode: state,
  state: STATES[state],
  openedAt: at(openedAt),
  held,
  ...present({ endedAt: atOrNull(endedAt), office, keptUntil: atOrNull(until), keptBecause: because }),
  messages: messages.map(({ files, text, coded, ...said }) => ({
    ...said,
    at: at(said.at),
    ...(text === '' ? {} : { text: coded ? withoutCode(text) : text }),
    files: files.map(({ mediaType, name, size }) => ({
      mediaType,
      ...present({ name, size: size === null ? null : Number(size) }),
    })),
  })),
});
