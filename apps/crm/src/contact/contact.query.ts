import { Inject, Injectable } from '@nestjs/common';
import type { ContactPage, ContactView, ListContacts } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';

interface ContactRow extends Cursor {
  readonly name: string | null;
  readonly created_at: Date;
  readonly addresses: readonly {
    readonly kind: string;
    readonly value: string;
    readonly display_name: string | null;
    readonly verified: boolean;
    readonly undeliverable_at: string | null;
  }[];
}

const COLUMNS = `
  k.id, k.name, k.created_at, ${cursorAt('k.created_at')} as at, (
    select coalesce(json_agg(json_build_object('kind', a.kind, 'value', a.value, 'display_name', a.display_name,
      'verified', a.verified, 'undeliverable_at', a.undeliverable_at) order by a.created_at), '[]')
    from contact_address a where a.contact_id = k.id) as addresses`;

/** Text that means itself inside a LIKE pattern. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** What the screens of contacts show. A contact that was merged into another is shown as the other. */
@Injectable()
export class ContactQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async list({ administrationId }: Pick<Asking, 'administrationId'>, filter: ListContacts): Promise<ContactPage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const pattern = filter.text === undefined ? undefined : `%${literal(filter.text)}%`;
    const where = new Where()
      .and('k.administration_id = $?', administrationId)
      .and('k.merged_into is null')
      .and(
        `k.name ilike $? or exists (
          select from contact_address a where a.contact_id = k.id and (a.value ilike $? or a.display_name ilike $?))`,
        pattern,
        pattern,
        pattern,
      )
      .and('(k.created_at, k.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const rows: ContactRow[] = await this.dataSource.query(
      `select ${COLUMNS} from contact k where ${where.toString()}
       order by k.created_at desc, k.id desc limit ${limit + 1}`,
      where.parameters,
    );
    return pageOf(rows, limit, contactView);
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
});
