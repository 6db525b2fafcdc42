import { createHash } from 'node:crypto';
import type { Address } from '@filodiretto/contracts';
import { correspondentKey, type AutomaticTraffic } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { prepared } from '../prepared.js';

/** Who would be written to by a machine, and because of whom. */
export interface Recipient {
  readonly administrationId: string;
  readonly contactId: string | null;
  readonly address: Address;
}
type Recent = Omit<AutomaticTraffic, 'ownAddress' | 'numbered'>;

/** By what a message of ours written by a machine is found again, whatever its address was spelt like. */
export const automaticTo = ({ administrationId, address }: Omit<Recipient, 'contactId'>): Buffer =>
  createHash('sha256')
    .update(`${administrationId}\n${correspondentKey(address)}`)
    .digest();

const addressKey = (of: Omit<Recipient, 'contactId'>): string => automaticTo(of).toString('hex');

/**
 * What was exchanged lately with each recipient. Until the transaction ends nobody else may count the same recipients: two
 * processes that answer one address see each other's answers.
 */
export class RecentTraffic {
  private readonly toAddress = new Map<string, number>();
  private readonly toWriter = new Map<string, number>();
  private readonly lately = new Map<string, { automatic: number; exchanged: number }>();

  static async read(manager: EntityManager, recipients: readonly Recipient[]): Promise<RecentTraffic> {
    const traffic = new RecentTraffic();
    if (recipients.length === 0) return traffic;
    const addresses = [...new Set(recipients.map(addressKey))];
    const writers = [...new Set(recipients.flatMap(({ contactId }) => contactId ?? []))];
    // In one order everywhere, so that two of them wait for each other instead of locking crosswise.
    await prepared(
      manager,
      `select pg_advisory_xact_lock(hashtextextended(k, 0)) from (select k from unnest($1::text[]) k order by k) o`,
      [[...addresses, ...writers]],
    );
    const { rows: written } = await prepared<{ address: string; count: string }>(
      manager,
      `select encode(automatic_to, 'hex') as address, count(*) from message
       where automatic_to = any(select decode(k, 'hex') from unnest($1::text[]) k) and created_at > now() - interval '1 hour'
       group by automatic_to`,
      [addresses],
    );
    for (const { address, count } of written) traffic.toAddress.set(address, Number(count));
    const { rows: exchanged } = await prepared<{
      contact_id: string;
      hour: string;
      lately: string;
      all: string | null;
    }>(
      manager,
      `select a.contact_id, a.hour, a.lately,
         case when a.lately > 1 then (
           select case when bool_or(m.author in ('operator', 'external_app')) then 0 else count(*) end from message m
           where m.contact_id = a.contact_id and m.created_at > now() - interval '10 minutes') end as all
       from (select contact_id, count(*) as hour, count(*) filter (where created_at > now() - interval '10 minutes') as lately
             from message
             where automatic is not null and direction = 'out' and contact_id = any($1::uuid[])
               and created_at > now() - interval '1 hour'
             group by contact_id) a`,
      [writers],
    );
    for (const { contact_id: contactId, hour, lately, all } of exchanged) {
      traffic.toWriter.set(contactId, Number(hour));
      traffic.lately.set(contactId, { automatic: Number(lately), exchanged: Number(all ?? 0) });
    }
    return traffic;
  }

  of(recipient: Recipient): Recent {
    const writer = recipient.contactId ?? '';
    return {
      toAddressLastHour: this.toAddress.get(addressKey(recipient)) ?? 0,
      toWriterLastHour: this.toWriter.get(writer) ?? 0,
      automaticLately: this.lately.get(writer)?.automatic ?? 0,
      exchangedLately: this.lately.get(writer)?.exchanged ?? 0,
    };
  }

  /** One more automatic message goes to a recipient. */
  add(recipient: Recipient): void {
    const before = this.of(recipient);
    this.toAddress.set(addressKey(recipient), before.toAddressLastHour + 1);
    if (recipient.contactId === null) return;
    this.toWriter.set(recipient.contactId, before.toWriterLastHour + 1);
    this.lately.set(recipient.contactId, {
      automatic: before.automaticLately + 1,
      exchanged: before.exchangedLately + 1,
    });
  }
}
