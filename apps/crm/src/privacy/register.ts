import { Inject, Injectable } from '@nestjs/common';
import type { WriteRegisterAnswer } from '@filodiretto/contracts';
import {
  FIXED_RETENTION,
  processingRegister,
  questionsOf,
  type ProcessingRegister,
  type RegisterAnswer,
  type RegisterFacts,
  type RegisterLanguage,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { ChannelRegistry } from '../channel/registry.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import type { Asking } from '../http/operator.js';
import { loginIsMighty } from '../isolation/roles.js';
import { Roles } from '../permission/roles.js';
import { refused, type Refused } from '../refused.js';
import { FOLDERS, STREAMS, TABLES } from '../retention/classification.js';
import { termsOf } from '../retention/policies.js';
import { CrmSettings } from '../settings.js';
import { Purposes } from './purposes.js';

interface Known {
  readonly administration: string;
  readonly officer: string | null;
  readonly offices: number;
  readonly suppliers: RegisterFacts['suppliers'];
  readonly byNight: boolean;
  readonly routingRules: string[];
  readonly automations: string[];
  readonly monitoring: RegisterFacts['monitoring'];
  readonly people: Readonly<Record<string, number>>;
}

/** The register of processing of each administration: composed anew whenever it is asked for, with what the controller answered. */
@Injectable()
export class Register {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Purposes) private readonly purposes: Purposes,
    @Inject(Roles) private readonly roles: Roles,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async of({ administrationId }: Asking, language: RegisterLanguage): Promise<ProcessingRegister> {
    return processingRegister(await this.facts(administrationId), await this.answers(administrationId), language);
  }

  /** The versions of an answer, the newest first. */
  async history(
    { administrationId }: Asking,
    code: string,
  ): Promise<{ version: number; text: string; decidedAt: Date; decidedBy: { id: string; name: string } }[]> {
    return this.dataSource.query(
      `select a.version, a.text, a.decided_at as "decidedAt", json_build_object('id', p.id, 'name', p.name) as "decidedBy"
       from register_answer a join operator p on p.id = a.decided_by
       where a.administration_id = $1 and a.code = $2 order by a.version desc limit 100`,
      [administrationId, code],
    );
  }

  /** Keeps an answer, from the version that was seen; those before it stay. Refused when nobody asks for it. */
  async answer(
    manager: EntityManager,
    { id, administrationId }: Asking,
    { code, expectedVersion }: { readonly code: string; readonly expectedVersion: number },
    { text }: WriteRegisterAnswer,
  ): Promise<object | Refused> {
    const asked = questionsOf(await this.named(administrationId));
    if (!asked.some(one => one.code === code)) return refused('not-found', 'The register asks no such question.');
    const written: unknown[] = await manager.query(
      `insert into register_answer (administration_id, code, version, text, decided_by, decided_at)
       select $1, $2, $3::int + 1, $4, $5, $6
       where coalesce((select max(version) from register_answer where administration_id = $1 and code = $2), 0) = $3::int
       on conflict do nothing returning version`,
      [administrationId, code, expectedVersion, text, id, this.clock.now()],
    );
    return written.length > 0 ? {} : refused('version-stale', 'Somebody answered first: look again.');
  }

  private answers(administrationId: string): Promise<RegisterAnswer[]> {
    return this.dataSource.query(
      `select distinct on (code) code, text, version from register_answer where administration_id = $1
       order by code, version desc`,
      [administrationId],
    );
  }

  private async named(administrationId: string): Promise<Pick<RegisterFacts, 'suppliers' | 'channels'>> {
    const suppliers: RegisterFacts['suppliers'] = await this.dataSource.query(
      'select code, name from supplier where administration_id = $1 order by code',
      [administrationId],
    );
    const accounts: { channel: string }[] = await this.dataSource.query(
      'select distinct channel from channel_account where administration_id = $1 order by channel',
      [administrationId],
    );
    const announced = new Map(this.channels.announcements().map(({ manifest }) => [manifest.id, manifest.name]));
    return {
      suppliers,
      channels: accounts.map(({ channel }) => ({ code: channel, name: announced.get(channel) ?? channel })),
    };
  }

  private async facts(administrationId: string): Promise<RegisterFacts> {
    const [known]: Known[] = await this.dataSource.query(
      `select o.name as administration,
         (select p.name from administration_setting s join operator p on p.id = s.data_protection_officer
          where s.administration_id = $1) as officer,
         (select count(*) from office f where f.administration_id = $1 and f.active)::int as offices,
         coalesce((select active from retention_schedule where administration_id = $1), false) as "byNight",
         array(select name from routing_rule where administration_id = $1 order by name) as "routingRules",
         array(select name from automation where administration_id = $1 and enabled order by name) as automations,
         coalesce((select json_agg(json_build_object('reference', reference, 'scopes', scopes, 'until', valid_until) order by reference)
           from monitoring_authorization where administration_id = $1 and ended_at is null
             and (clock_now() at time zone 'Europe/Rome')::date between signed_on and valid_until), '[]') as monitoring,
         coalesce((select json_object_agg(r.role, r.people) from (
           select role, count(*) as people from operator where administration_id = $1 and active group by role) r), '{}') as people
       from office o where o.id = $1`,
      [administrationId],
    );
    if (!known) throw new Error('the administration is not there');
    const { people, ...said } = known;
    const roles = await this.roles.list({ administrationId });
    return {
      ...said,
      ...(await this.named(administrationId)),
      tables: TABLES,
      places: { ...STREAMS, ...FOLDERS },
      purposes: await this.purposes.all(administrationId),
      terms: await termsOf(this.dataSource.manager, administrationId),
      fixed: FIXED_RETENTION,
      roles: roles.map(({ role, permissions, reach }) => ({ role, permissions, reach, people: people[role] ?? 0 })),
      measures: await this.measures(known.byNight),
    };
  }

  /** What is on, by the settings of this very process and by the database it speaks to. */
  private async measures(byNight: boolean): Promise<RegisterFacts['measures']> {
    const { settings } = this;
    const [row]: { forced: boolean }[] = await this.dataSource.query(
      `select coalesce(bool_and(relrowsecurity and relforcerowsecurity), false) as forced from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname = any($1::text[])`,
      [Object.keys(TABLES)],
    );
    const anchored = [settings.trailAnchorFile, settings.trailAnchorMail, settings.trailAnchorBucket];
    return [
      { code: 'row_security', on: row?.forced ?? false },
      { code: 'separate_logins', on: !(await loginIsMighty(this.dataSource.manager)) },
      { code: 'https', on: settings.publicUrl?.startsWith('https://') ?? false },
      { code: 'strong_login', on: settings.oidcStrongAcr.length > 0 },
      { code: 'session_limits', on: true },
      { code: 'trail', on: true },
      { code: 'anchors', on: settings.trailKey !== undefined && anchored.some(one => one !== undefined) },
      { code: 'scanner', on: settings.clamavHost !== undefined },
      { code: 'retention_by_night', on: byNight },
      { code: 'break_glass', on: true },
      { code: 'address_guard', on: true },
    ];
  }
}
