import { Inject, Injectable } from '@nestjs/common';
import { Bus } from '@filodiretto/bus';
import { CallChanged, type IncomingCall } from '@filodiretto/contracts';
import type { CallPart, Part } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { MachineDataSource } from '../data-source.js';
import { present } from '../http/present.js';
import { LOG } from '../log.js';
import { News } from './news.js';

/** A call as it is told, and the people who are to answer it. */
export interface TellableCall {
  readonly call: Omit<IncomingCall, 'forYou'>;
  readonly answering: ReadonlySet<string>;
}
interface Row {
  readonly content: Part[];
  readonly address: string | null;
  readonly case: IncomingCall['case'] | null;
  readonly office: IncomingCall['office'] | null;
  readonly contact: { readonly id: string; readonly name: string | null } | null;
  readonly answering: string[];
}

/** Calls that were looked up lately: once for all who listen. */
const KEPT = 200;

/**
 * Calls that come in, by administration. The bus says that one rang or went on; who calls and what they pressed is looked up here,
 * for those who may know of it.
 */
@Injectable()
export class CallNews extends News<CallChanged> {
  private readonly looked = new Map<string, Promise<TellableCall | undefined>>();

  constructor(
    @Inject(Bus) bus: Bus,
    @Inject(LOG) log: Logger,
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
  ) {
    super(bus, log, 'crm.event.call.>', CallChanged, change => change.administration);
  }

  /** What a change is about; `undefined` when nothing of it is kept any more. */
  look(change: CallChanged): Promise<TellableCall | undefined> {
    const key = `${change.message} ${change.revision} ${change.state}`;
    const known = this.looked.get(key);
    if (known) return known;
    const found = this.read(change);
    // What failed is asked again by the next.
    found.catch(() => this.looked.delete(key));
    this.looked.set(key, found);
    for (const old of this.looked.keys()) {
      if (this.looked.size <= KEPT) break;
      this.looked.delete(old);
    }
    return found;
  }

  private async read({ message, state }: CallChanged): Promise<TellableCall | undefined> {
    const [row]: Row[] = await this.dataSource.query(
      `select m.content, m.address->>'value' as address,
         case when c.id is null then null else json_build_object('id', c.id, 'number', c.number) end as case,
         case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end as office,
         case when k.id is null then null else json_build_object('id', k.id, 'name', k.name) end as contact,
         array(select p.operator_id from operator_presence p
           where p.administration_id = m.administration_id and p.status in ('available', 'busy', 'wrap_up')
             and (c.assignee_id = p.operator_id or c.assignee_id is null and (c.office_id is null
               or exists (select from membership b where b.operator_id = p.operator_id and b.office_id = c.office_id)
               or exists (select from operator w where w.id = p.operator_id and w.office_id = c.office_id)))
         ) as answering
       from message m left join case_file c on c.id = m.case_id left join office o on o.id = c.office_id
         left join contact h on h.id = m.contact_id left join contact k on k.id = coalesce(h.merged_into, h.id)
       where m.id = $1`,
      [message],
    );
    const part = row?.content.find((one): one is CallPart => one.type === 'call');
    if (!row || !part) return undefined;
    const { arrivedAt, steps, queuedAt, answeredAt, endedAt } = part;
    return {
      answering: new Set(row.answering),
      call: {
        message,
        state,
        steps,
        arrivedAt,
        ...present({ queuedAt, answeredAt, endedAt, from: row.address, case: row.case, office: row.office }),
        ...(row.contact ? { contact: { id: row.contact.id, ...present({ name: row.contact.name }) } } : {}),
      },
    };
  }
}
