import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import { MachineDataSource } from '../data-source.js';
import type { Asking } from '../http/operator.js';
import { Jobs } from '../job/jobs.js';
import { KNOWN, type Known } from '../permission/sights.js';
import { planned } from '../prepared.js';
import { CrmSettings } from '../settings.js';
import { Trail, type Act } from '../trail/trail.js';
import { hashOf, newSecret } from './secret.js';

/** Who logged in, and how. */
export interface LoggedIn {
  readonly operator: { readonly id: string; readonly administrationId: string };
  readonly issuer: string;
  readonly subject: string;
  readonly sid: string | undefined;
  readonly acr: string | undefined;
  readonly authenticatedAt: Date;
  readonly userAgent: string | undefined;
}

type Person = Omit<Asking, 'sight'> & Known;
interface Standing {
  readonly id: string;
  readonly operator: Person;
  readonly seen: boolean;
  readonly authenticatedAt: Date;
  readonly acr: string | null;
  readonly expiresAt: Date;
}

/** A session as it is shown. */
export interface SessionRow {
  readonly id: string;
  readonly beganAt: Date;
  readonly usedAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
}

const SWEEP = 'sweep-sessions';
const SWEEP_EVERY_MS = 3_600_000;
const USER_AGENT_MAX = 200;
/** Of a session `s`: it has not ended, neither by its age nor by quiet, and whoever it is of works here. `$1`: minutes of quiet. */
const STANDING = `s.expires_at > now() and s.used_at > now() - $1::int * interval '1 minute'
  and exists (select from operator o where o.id = s.operator_id and o.active)`;

/** Sessions of people who logged in by browser. A session ends by being deleted: the next request finds none. */
@Injectable()
export class Sessions implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** How many one person may have at once. */
  get most(): number {
    return this.settings.sessionsOfOne;
  }

  onModuleInit(): void {
    this.jobs.handle({
      name: SWEEP,
      run: () => this.sweep(),
      next: now => new Date(now.getTime() + SWEEP_EVERY_MS),
    });
  }

  /**
   * Begins one, in place of `before`; gives the secret of its cookie, which is kept nowhere. Of those that the person has by then the
   * oldest end, until there are no more than the settings allow.
   */
  async begin(manager: EntityManager, who: LoggedIn, before: string | undefined): Promise<string> {
    await manager.query('select from operator where id = $1 for no key update', [who.operator.id]);
    if (before !== undefined) await this.endBySecret(before, manager);
    const secret = newSecret();
    const id = v7();
    await insertAll(manager, 'operator_session', [
      {
        id,
        administrationId: who.operator.administrationId,
        operatorId: who.operator.id,
        secretHash: hashOf(secret),
        issuer: who.issuer,
        subject: who.subject,
        sid: who.sid ?? null,
        acr: who.acr ?? null,
        authenticatedAt: who.authenticatedAt,
        userAgent: who.userAgent?.slice(0, USER_AGENT_MAX) ?? null,
        expiresAt: new Date(Date.now() + this.settings.sessionHours * 3_600_000),
      },
    ]);
    await this.trail.write(manager, sessionAct('logIn', who.operator, id));
    await this.endOldest(manager, who.operator);
    return secret;
  }

  /** Two logins at once are counted one after the other. */
  private async endOldest(manager: EntityManager, operator: LoggedIn['operator']): Promise<void> {
    const [ended]: [{ id: string }[], number] = await manager.query(
      `delete from operator_session d where d.id in (
         select s.id from operator_session s where s.operator_id = $2 and ${STANDING} order by s.began_at desc, s.id desc offset $3)
       returning d.id`,
      [this.settings.sessionIdleMinutes, operator.id, this.most],
    );
    for (const { id } of ended) await this.trail.write(manager, sessionAct('endOldestSession', operator, id));
  }

  /** The session of a cookie, if it goes on; that it was used is written once a minute. */
  async read(secret: string): Promise<Standing | undefined> {
    const { rows } = await planned<Omit<Standing, 'operator'> & Person & { readonly session: string }>(
      this.dataSource.manager,
      `with found as (select s.* from operator_session s where s.secret_hash = $2 and ${STANDING}),
         used as (update operator_session u set used_at = now() from found f
           where u.id = f.id and f.used_at < now() - interval '1 minute')
       select f.id as session, f.authenticated_at as "authenticatedAt", f.acr, f.expires_at as "expiresAt",
         o.id, o.administration_id as "administrationId", o.office_id as "officeId", o.role, ${KNOWN},
         coalesce(o.last_seen_at > clock_now() - interval '1 hour', false) and o.dormant_since is null as seen
       from found f join operator o on o.id = f.operator_id`,
      [this.settings.sessionIdleMinutes, hashOf(secret)],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { session, authenticatedAt, acr, expiresAt, seen, ...operator } = row;
    return { id: session, operator, seen, authenticatedAt, acr, expiresAt };
  }

  /** Which of these sessions go on. */
  async standing(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows: { id: string }[] = await this.dataSource.query(
      `select s.id from operator_session s where s.id = any($2) and ${STANDING}`,
      [this.settings.sessionIdleMinutes, ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Those of an operator that go on, the last used first. */
  ofOperator(administrationId: string, operatorId: string): Promise<SessionRow[]> {
    return this.dataSource.query(
      `select s.id, s.began_at as "beganAt", s.used_at as "usedAt", s.expires_at as "expiresAt", s.user_agent as "userAgent"
       from operator_session s
       where s.administration_id = $2 and s.operator_id = $3 and ${STANDING} order by s.used_at desc, s.id limit 1000`,
      [this.settings.sessionIdleMinutes, administrationId, operatorId],
    );
  }

  async endBySecret(secret: string, manager: EntityManager = this.dataSource.manager): Promise<void> {
    const [ended]: [{ id: string; operator: string; administrationId: string }[], number] = await manager.query(
      `delete from operator_session where secret_hash = $1
       returning id, operator_id as operator, administration_id as "administrationId"`,
      [hashOf(secret)],
    );
    for (const { id, operator, administrationId } of ended)
      await this.trail.write(manager, sessionAct('logOut', { id: operator, administrationId }, id));
  }

  /** Ends one session of an operator, or all. Gives how many. */
  async end(manager: EntityManager, administrationId: string, operatorId: string, id?: string): Promise<number> {
    const [, count]: [unknown, number] = await manager.query(
      `delete from operator_session where administration_id = $1 and operator_id = $2 and ($3::uuid is null or id = $3)`,
      [administrationId, operatorId, id ?? null],
    );
    return count;
  }

  /** Removes what is over for good. */
  private async sweep(): Promise<void> {
    await this.dataSource.query(`delete from operator_session s where not (${STANDING})`, [
      this.settings.sessionIdleMinutes,
    ]);
    await this.dataSource.query(`delete from login_attempt where began_at < now() - interval '1 hour'`);
    await this.dataSource.query(`delete from spent_logout_token where spent_at < now() - interval '1 day'`);
  }
}

const sessionAct = (operation: string, operator: Act['operator'], subjectId: string): Act => ({
  operator,
  operation,
  act: 'changed',
  subjectKind: 'sessions',
  subjectId,
  fields: [],
});
