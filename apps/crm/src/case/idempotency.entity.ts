import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A request that was carried out: the same key answers with the same resource, another body is refused. */
@Entity('idempotency')
export class Idempotency {
  @PrimaryColumn('text') key: string;
  @PrimaryColumn('uuid') operatorId: string;
  @Column('text') fingerprint: string;
  @Column('text') resource: string;
  @Column('timestamptz') createdAt: Date;
}
