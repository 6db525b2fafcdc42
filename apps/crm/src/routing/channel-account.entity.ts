import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which administration an account of a channel belongs to. */
@Entity('channel_account')
export class ChannelAccount {
  @PrimaryColumn('text') channel: string;
  @PrimaryColumn('text') account: string;
  @Column('uuid') administrationId: string;
}
