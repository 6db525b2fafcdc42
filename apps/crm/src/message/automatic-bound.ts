import { Inject, Injectable } from '@nestjs/common';
import { mayBeAnsweredByRules, unacknowledged, type Standing } from '@filodiretto/domain';
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

  /** Why rules write to nobody in a case: all who wrote in it are strangers, machines, or not proven to be who they say. */
  async whyNotTo(manager: EntityManager, caseId: string): Promise<Refused | undefined> {
    const said: Standing[] = await manager.query(
      `select distinct automatic is not null as automatic, evidence->'stranger' is not null as stranger,
         coalesce((flags->>'unauthenticated')::boolean, false) as unauthenticated
       from message where case_id = $1 and direction = 'in' and letter_id is null`,
      [caseId],
    );
    return mayBeAnsweredByRules(said)
      ? undefined
      : refused('channel-cannot', 'Who wrote is not proven to be who they say: no rule answers them.');
  }

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
