import { Inject, Injectable } from '@nestjs/common';
import type { ChannelAnnouncement } from '@filodiretto/contracts';
import { MachineDataSource } from '../data-source.js';

/** An account that no administration claims, where there are several: a person must say whose it is. */
export class UnassignedAccount extends Error {}

/** Whose each account of each channel is. */
@Injectable()
export class Administrations {
  private readonly known = new Map<string, string>();

  constructor(@Inject(MachineDataSource) private readonly dataSource: MachineDataSource) {}

  /** The administration of an account. With a single administration, an account never seen is its. Throws `UnassignedAccount`. */
  async of(channel: string, account: string): Promise<string> {
    const key = JSON.stringify([channel, account]);
    const found =
      this.known.get(key) ?? (await this.assigned(channel, account)) ?? (await this.assignToOnly(channel, account));
    this.known.set(key, found);
    return found;
  }

  /** The administration of an account; `undefined` where there are several and none claims it. */
  async ownerOf(channel: string, account: string): Promise<string | undefined> {
    try {
      return await this.of(channel, account);
    } catch (fault) {
      if (fault instanceof UnassignedAccount) return undefined;
      throw fault;
    }
  }

  /** The same channels with the accounts of one administration alone: it never writes from another's, nor from nobody's. */
  async ownAccounts(
    announcements: readonly ChannelAnnouncement[],
    administrationId: string,
  ): Promise<ChannelAnnouncement[]> {
    const own: ChannelAnnouncement[] = [];
    for (const announcement of announcements) {
      const { id } = announcement.manifest;
      const accounts: string[] = [];
      for (const account of announcement.accounts)
        if ((await this.ownerOf(id, account)) === administrationId) accounts.push(account);
      own.push({ ...announcement, accounts });
    }
    return own;
  }

  private async assigned(channel: string, account: string): Promise<string | undefined> {
    const rows: { administration_id: string }[] = await this.dataSource.query(
      'select administration_id from channel_account where channel = $1 and account = $2',
      [channel, account],
    );
    return rows[0]?.administration_id;
  }

  private async assignToOnly(channel: string, account: string): Promise<string> {
    const roots: { id: string }[] = await this.dataSource.query(
      `select id from office where kind = 'administration' limit 2`,
    );
    const [root, another] = roots;
    if (!root || another) throw new UnassignedAccount(`no administration claims the account ${account} of ${channel}`);
    await this.dataSource.query(
      `insert into channel_account (channel, account, administration_id) values ($1, $2, $3) on conflict do nothing`,
      [channel, account, root.id],
    );
    return root.id;
  }
}
