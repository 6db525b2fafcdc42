import { Inject, Injectable } from '@nestjs/common';
import type { MonitoringAuthorizationList, RecordMonitoringAuthorization } from '@filodiretto/contracts';
import type { MonitoringScope } from '@filodiretto/contracts/model';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { refused, refusedField, type Refused } from '../refused.js';

interface Row {
  readonly id: string;
  readonly kind: 'union_agreement' | 'inspectorate';
  readonly reference: string;
  readonly signedOn: string;
  readonly validUntil: string;
  readonly scopes: MonitoringScope[];
  readonly endedReason: string | null;
  readonly holds: boolean;
}

/** Today, where the administration is. */
const TODAY = `(clock_now() at time zone 'Europe/Rome')::date`;
const HOLDS = `ended_at is null and ${TODAY} between signed_on and valid_until`;

/**
 * Whether people who work here may be counted, or listened to, one by one: only under an agreement with the unions or the leave of
 * the labour inspectorate that an administrator recorded (art. 4 L. 300/1970). Without it every such figure is off.
 */
@Injectable()
export class Monitoring {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Whether something may be done now. Whatever shows figures of single operators, or their recordings, asks this first. */
  async isAuthorized(
    administrationId: string,
    scope: MonitoringScope,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<boolean> {
    const found: unknown[] = await manager.query(
      `select from monitoring_authorization where administration_id = $1 and $2 = any(scopes) and ${HOLDS} limit 1`,
      [administrationId, scope],
    );
    return found.length > 0;
  }

  async all({ administrationId }: Asking): Promise<MonitoringAuthorizationList> {
    const rows: Row[] = await this.dataSource.query(
      `select id, kind, reference, signed_on::text as "signedOn", valid_until::text as "validUntil", scopes,
         ended_reason as "endedReason", ${HOLDS} as holds
       from monitoring_authorization where administration_id = $1 order by recorded_at desc, id desc limit 1000`,
      [administrationId],
    );
    return { items: rows.map(({ endedReason, ...row }) => ({ ...row, ...present({ endedReason }) })) };
  }

  async record(
    manager: EntityManager,
    { id: operatorId, administrationId }: Asking,
    id: string,
    asked: RecordMonitoringAuthorization,
  ): Promise<object | Refused> {
    if (asked.scopes.length === 0) return refusedField('/scopes', 'say what it allows');
    if (![asked.signedOn, asked.validUntil].every(isDay)) return refusedField('/validUntil', 'dates of the calendar');
    if (asked.validUntil < asked.signedOn) return refusedField('/validUntil', 'is before it was signed');
    await manager.query(
      `insert into monitoring_authorization (id, administration_id, kind, reference, signed_on, valid_until, scopes, recorded_by, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, clock_now())`,
      [id, administrationId, asked.kind, asked.reference, asked.signedOn, asked.validUntil, asked.scopes, operatorId],
    );
    return { id };
  }

  /** Ends whatever holds, with a reason: from the next request on, nothing is counted one by one. */
  async end(manager: EntityManager, { id, administrationId }: Asking, reason: string): Promise<object | Refused> {
    const [rows]: [unknown[], number] = await manager.query(
      `update monitoring_authorization set ended_at = clock_now(), ended_by = $2, ended_reason = $3
       where administration_id = $1 and ended_at is null returning id`,
      [administrationId, id, reason],
    );
    return rows.length > 0 ? {} : refused('not-found', 'There is no authorisation that holds.');
  }
}

const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
