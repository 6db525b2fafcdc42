import { Inject, Injectable } from '@nestjs/common';
import type { ContactPage, ContactView, ListContacts } from '@filodiretto/contracts';
import { readPerson } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { patternsOf } from '../search/walk.js';

interface ContactRow extends Cursor {
  readonly name: string | null;
  readonly created_at: Date;
  readonly erased_at: Date | null;
  readonly restricted_since: string | null;
  readonly addresses: readonly {
    readonly kind: string;
    readonly value: string;
    readonly display_name: string | null;
    readonly verified: boolean;
    readonly undeliverable_at: string | null;
  }[];
}

const COLUMNS = `
  k.id, k.name, k.created_at, k.erased_at, ${cursorAt('k.created_at')} as at, (
    select coalesce(json_agg(json_build_object('kind', a.kind, 'value', a.value, 'display_name', a.display_name,
      'verified', a.verified, 'undeliverable_at', a.undeliverable_at) order by a.created_at), '[]')
    from contact_address a where a.contact_id = k.id) as addresses, (
    select r.at from contact_restriction r where r.contact_id = k.id and r.lifted_at is null) as restricted_since`;

/** What the screens of contacts show. A contact that was merged into another is shown as the other. */
@Injectable()
export class ContactQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async list({ administrationId }: Pick<Asking, 'administrationId'>, filter: ListContacts): Promise<ContactPage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = new Where().and('k.administration_id = $?', administrationId).and('k.merged_into is null');
    if (filter.text !== undefined) {
      const found = await this.found(administrationId, readPerson(filter.text), limit + 1, cursor);
      where.and('k.id = any($?::uuid[])', found);
    }
    where.and('(k.created_at, k.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const rows: ContactRow[] = await this.dataSource.query(
      `select ${COLUMNS} from contact k where ${where.toString()}
       order by k.created_at desc, k.id desc limit ${limit + 1}`,
      where.parameters,
    );
    return pageOf(rows, limit, contactView);
  }

  /** The newest contacts whose names and addresses have every piece, month by month until there are enough. */
  private async found(
    administrationId: string,
    pieces: readonly string[],
    limit: number,
    cursor: Cursor | undefined,
  ): Promise<string[]> {
    const where = new Where();
    const patterns = patternsOf(where, pieces);
    if (patterns === undefined) return [];
    const after = cursor
      ? `${where.parameter(cursor.at)}::timestamptz, ${where.parameter(cursor.id)}::uuid`
      : 'null, null';
    const months = `b.administration_id = ${where.parameter(administrationId)}${cursor ? ` and b.month <= (${where.parameter(cursor.at)}::timestamptz at time zone 'utc')::date` : ''}`;
    const rows: { ids: string[] }[] = await this.dataSource.query(
      `with recursive month as materialized (
         select b.id, row_number() over (order by b.month desc) as place from search_bucket b where ${months}),
       walked (place, found, ids) as (
         select 0::bigint, 0::bigint, '{}'::uuid[]
         union all
         select m.place, w.found + cardinality(p.ids), p.ids
         from walked w join month m on m.place = w.place + 1
         cross join lateral (
           select coalesce((array_agg(s.contact_id order by s.created_at desc, s.contact_id desc))[1:${limit}], '{}') as ids
           from contacts_with_pieces(m.id, ${patterns}, ${after}) s where w.place >= 0) p
         where w.found < ${limit})
       select ids from walked`,
      where.parameters,
    );
    return rows.flatMap(row => row.ids);
  }

  /** A contact, or the one it was merged into; `undefined` when the administration knows none of this id. */
  async one({ administrationId }: Pick<Asking, 'administrationId'>, id: string): Promise<ContactView | undefined> {
    const rows: ContactRow[] = await this.dataSource.query(
      `select ${COLUMNS} from contact k
       where k.administration_id = $1 and k.id = (select coalesce(merged_into, id) from contact where id = $2)`,
      [administrationId, id],
    );
    return rows[0] && contactView(rows[0]);
  }
}

const contactView = (row: ContactRow): ContactView => ({
  id: row.id,
  ...present({ name: row.name }),
  addresses: row.addresses.map(address => ({
    kind: address.kind,
    value: address.value,
    verified: address.verified,
    ...present({ displayName: address.display_name, undeliverableAt: atOrNull(address.undeliverable_at) }),
  })),
  createdAt: at(row.created_at),
  ...present({ erasedAt: atOrNull(row.erased_at) }),
  ...present({ restrictedSince: atOrNull(row.restricted_since) }),
});
