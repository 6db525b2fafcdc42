import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** An account that no administration claims, where there are several: a person must say whose it is. */
export class UnassignedAccount extends Error {}

/** Whose each account of each channel is. */
@Injectable()
export class Administrations {
  private readonly known = new Map<string, string>();

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The administration of an account. With a single administration, an account never seen is its. Throws `UnassignedAccount`. */
  async of(channel: string, account: string): Promise<string> {
    const key = JSON.stringify([channel, account]);
    const found =
      this.known.get(key) ?? (await this.assigned(channel, account)) ?? (await this.assignToOnly(channel, account));
    this.known.set(key, found);
    return found;
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
