import { Inject, Injectable } from '@nestjs/common';
import type { PurposeView, WritePurpose } from '@filodiretto/contracts';
import { SHIPPED_PURPOSES, type Purpose } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { staleness } from '../office/locked-tree.js';
import { refusedField, type Refused } from '../refused.js';

const CODE = /^[a-z][a-z0-9_]{0,59}$/;

/** For what each administration asks consent: as shipped, or as it decided. */
@Injectable()
export class Purposes {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Every purpose of an administration, by code; those that are retired too. */
  async all(administrationId: string, manager: EntityManager = this.dataSource.manager): Promise<Purpose[]> {
    const decided: Purpose[] = await manager.query(
      `select distinct on (code) code, version, per_address_kind as "perAddressKind", again_after_days as "againAfterDays",
         retired, texts from consent_purpose where administration_id = $1 order by code, version desc`,
      [administrationId],
    );
    const codes = new Set(decided.map(({ code }) => code));
    return [...decided, ...SHIPPED_PURPOSES.filter(({ code }) => !codes.has(code))].sort((a, b) =>
      a.code < b.code ? -1 : 1,
    );
  }

  async one(
    administrationId: string,
    code: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Purpose | undefined> {
    return (await this.all(administrationId, manager)).find(purpose => purpose.code === code);
  }

  /** The words of one version, as they were; `undefined` when there never were such. */
  async version(administrationId: string, code: string, version: number): Promise<Purpose | undefined> {
    const [decided]: Purpose[] = await this.dataSource.query(
      `select code, version, per_address_kind as "perAddressKind", again_after_days as "againAfterDays", retired, texts
       from consent_purpose where administration_id = $1 and code = $2 and version = $3`,
      [administrationId, code, version],
    );
    return decided ?? SHIPPED_PURPOSES.find(purpose => purpose.code === code && purpose.version === version);
  }

  /** Decides a purpose, from the version that was seen: 0 while there is none. */
  async decide(
    manager: EntityManager,
    { id, administrationId }: Asking,
    { code, expectedVersion }: { readonly code: string; readonly expectedVersion: number },
    asked: WritePurpose,
  ): Promise<object | Refused> {
    if (!CODE.test(code)) return refusedField('/code', 'small letters, digits and _');
    const languages = asked.texts.map(({ language }) => language);
    if (!languages.includes('it') || new Set(languages).size < languages.length)
      return refusedField('/texts', 'each language once, Italian among them');
    await manager.query('select from office where id = $1 for update', [administrationId]);
    const version = (await this.one(administrationId, code, manager))?.version ?? 0;
    const stale = staleness(version, expectedVersion);
    if (stale) return stale;
    await manager.query(
      `insert into consent_purpose (administration_id, code, version, per_address_kind, again_after_days, retired, texts, decided_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        administrationId,
        code,
        version + 1,
        asked.perAddressKind,
        asked.againAfterDays,
        asked.retired ?? false,
        JSON.stringify(asked.texts.map(({ language, name, text }) => ({ language, name, text }))),
        id,
      ],
    );
    return { code };
  }
}

export const purposeView = ({ texts, ...purpose }: Purpose): PurposeView => ({ ...purpose, texts: [...texts] });
