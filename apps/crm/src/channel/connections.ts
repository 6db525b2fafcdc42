import { Inject, Injectable } from '@nestjs/common';
import { Bus, NotAnswered, subjects } from '@filodiretto/bus';
import { ConnectionsAnswer, type ConnectionReport } from '@filodiretto/contracts';
import { Clock } from '../clock.js';
import { Administrations } from '../routing/administrations.js';
import { ChannelRegistry } from './registry.js';

/** More than a channel takes to ask all its other sides. */
const ANSWER_MS = 20_000;

/** What came of wanting to know: a report, or why there is none. */
type Checked = ConnectionReport | 'no channel' | 'no account' | 'silent';

/** Has channels ask their other sides whether the accounts of one administration are connected. Nothing of it is kept. */
@Injectable()
export class Connections {
  constructor(
    @Inject(ChannelRegistry) private readonly registry: ChannelRegistry,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Asks about one account, or all that are the administration's. `silent`: no process of the channel answers. */
  async check(administrationId: string, channel: string, account?: string): Promise<Checked> {
    const announcement = this.registry.announcement(channel);
    if (!announcement) return 'no channel';
    const [own] = await this.administrations.ownAccounts([announcement], administrationId);
    const accounts = (own?.accounts ?? []).filter(one => account === undefined || one === account);
    if (account !== undefined && accounts.length === 0) return 'no account';
    const checkedAt = this.clock.now().toISOString();
    if (accounts.length === 0) return { checkedAt, items: [] };
    try {
      const subject = subjects.askChannel(channel, 'check-connections');
      const { items } = await this.bus.ask(subject, { accounts }, ConnectionsAnswer, { timeoutMs: ANSWER_MS });
      return { checkedAt, items };
    } catch (fault) {
      if (fault instanceof NotAnswered) return 'silent';
      throw fault;
    }
  }
}
