import { Inject, Injectable } from '@nestjs/common';
import type { HeldReason, ListParked, ParkedPage, ParkedView } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { ReplyTokens } from '../intake/reply-token.js';
import type { ParkedKind, ParkedState } from './parked.entity.js';
import { withheldOf, type Pointing } from './withheld.js';

interface ParkedRow extends Cursor, Pointing {
  readonly kind: ParkedKind;
  readonly state: ParkedState;
  readonly channel: string;
  readonly account: string;
  readonly reason: string;
  readonly error_class: string | null;
  readonly from_name: string | null;
  readonly from_value: string | null;
  readonly subject: string | null;
  readonly excerpt: string | null;
  readonly tries: number;
  readonly next_try_at: Date | null;
  readonly created_at: Date;
  readonly settled_at: Date | null;
  readonly settled_by: string | null;
  readonly settled_name: string | null;
  readonly settled_reason: string | null;
  readonly has_original: boolean;
  readonly held: HeldReason | null;
}

const MAX_EXCERPT = 500;

/** What can be read of a payload that may be anything: each step is nothing when it is not what was hoped for. */
const COLUMNS = `
  k.id, ${cursorAt('k.created_at')} as at, k.kind, k.state, k.channel, k.account, k.reason, k.error_class,
  left(k.payload #>> '{from,displayName}', 300) as from_name, left(k.payload #>> '{from,value}', 300) as from_value,
  left(k.payload ->> 'subject', 2000) as subject,
  left(jsonb_path_query_first(k.payload, 'lax $.content[*] ? (@.type == "text").text') #>> '{}', ${MAX_EXCERPT}) as excerpt,
  k.tries, k.next_try_at, k.created_at, k.settled_at, k.settled_by, p.name as settled_name, k.settled_reason,
  k.payload #>> '{raw,sha256}' is not null as has_original,
  case when k.released_at is null then k.held_because end as held, k.payload -> 'thread' as thread`;

/**
 * Whose a parked item is: its administration's. One that no administration claims is shown to those who configure the
 * system, who can say whose the account is.
 */
const ours = (where: Where, { administrationId, role }: Asking): Where =>
  where.and(`k.administration_id = $? or (k.administration_id is null and $? = 'admin')`, administrationId, role);

/** What waits for a person, and what was settled. */
@Injectable()
export class ParkedQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ReplyTokens) private readonly tokens: ReplyTokens,
  ) {}

  async list(operator: Asking, filter: ListParked): Promise<ParkedPage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = ours(new Where(), operator)
      .and('k.state = $?', filter.state ?? 'waiting')
      .and('k.kind = $?', filter.kind)
      .and('k.channel = $?', filter.channel)
      .and('(k.created_at, k.id) > ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const rows: ParkedRow[] = await this.dataSource.query(
      `select ${COLUMNS} from parked k left join operator p on p.id = k.settled_by where ${where.toString()}
       order by k.created_at, k.id limit ${limit + 1}`,
      where.parameters,
    );
    const withheld = await withheldOf(this.dataSource, this.tokens, operator, rows);
    return pageOf(rows, limit, row => parkedView(row, withheld.has(row.id)));
  }

  /** `undefined` when the operator may see none of this id. */
  async one(operator: Asking, id: string): Promise<ParkedView | undefined> {
    const where = ours(new Where(), operator).and('k.id = $?', id);
    const rows: ParkedRow[] = await this.dataSource.query(
      `select ${COLUMNS} from parked k left join operator p on p.id = k.settled_by where ${where.toString()}`,
      where.parameters,
    );
    const [row] = rows;
    return row && parkedView(row, (await withheldOf(this.dataSource, this.tokens, operator, [row])).has(row.id));
  }

  /** Where the original of a parked item is kept, whether it is held and whether it was released; `undefined` when it has none, or none for who asks. */
  async original(
    operator: Asking,
    id: string,
  ): Promise<{ sha256: string; held: boolean; released: boolean } | undefined> {
    const where = ours(new Where(), operator).and('k.id = $?', id).and(`k.payload #>> '{raw,sha256}' is not null`);
    const rows: (Pointing & { sha256: string; held: boolean; released: boolean })[] = await this.dataSource.query(
      `select k.id, k.payload -> 'thread' as thread, k.payload #>> '{raw,sha256}' as sha256,
         k.held_because is not null as held, k.released_at is not null as released
       from parked k where ${where.toString()}`,
      where.parameters,
    );
    return (await withheldOf(this.dataSource, this.tokens, operator, rows)).size > 0 ? undefined : rows[0];
  }
}

/** What a fault says may repeat what was written. */
const WITHHELD = 'It is of a case that you do not see.';

const parkedView = (row: ParkedRow, withheld: boolean): ParkedView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  channel: row.channel,
  account: row.account,
  reason: withheld ? WITHHELD : row.reason,
  ...present({
    errorClass: row.error_class,
    nextTryAt: atOrNull(row.next_try_at),
    settledAt: atOrNull(row.settled_at),
  }),
  ...(withheld
    ? { withheld }
    : present({
        from: [row.from_name, row.from_value].filter(Boolean).join(' · ') || null,
        subject: row.subject || null,
        excerpt: row.excerpt || null,
        settledReason: row.settled_reason,
      })),
  tries: row.tries,
  createdAt: at(row.created_at),
  ...(row.settled_by !== null && row.settled_name !== null
    ? { settledBy: { id: row.settled_by, name: row.settled_name } }
    : {}),
  ...(row.has_original && !withheld
    ? { original: `/api/parked-items/${row.id}/original`, ...present({ originalHeld: row.held }) }
    : {}),
});
