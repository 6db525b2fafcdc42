import { Inject, Injectable } from '@nestjs/common';
import { unacknowledged } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { ChannelRegistry } from '../channel/registry.js';
import { RecentTraffic, type Recipient } from '../intake/recent-traffic.js';
import { refused, type Refused } from '../refused.js';
import { CrmSettings } from '../settings.js';

/** How much machines may say to somebody, whatever in us speaks: two robots that answer each other fall silent. */
@Injectable()
export class AutomaticBound {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
  ) {}

  /** Why nothing more may be said by a machine to a recipient; nobody else counts them until the transaction ends. */
  async whyNot(
    manager: EntityManager,
    { channel, ...recipient }: Recipient & { readonly channel: string },
  ): Promise<Refused | undefined> {
    const capabilities = (await this.channels.manifestOf(channel))?.capabilities;
    if (!capabilities?.acknowledge) return refused('channel-cannot', 'Nothing is told by a machine there.');
    const traffic = await RecentTraffic.read(manager, [recipient]);
    const why = unacknowledged(
      { ...traffic.of(recipient), ownAddress: this.channels.isOurs(recipient.address), numbered: false },
      { perHour: this.settings.automaticPerHour, loopMessages: this.settings.loopMessages },
    );
    return why && refused('channel-cannot', `Too much was said by machines already: ${why}.`);
  }
}
