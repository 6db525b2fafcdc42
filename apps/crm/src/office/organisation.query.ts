import { Inject, Injectable } from '@nestjs/common';
import type {
  CaseKind,
  CategoryList,
  MeView,
  OfficeList,
  OfficeView,
  OperatorList,
  TopicRef,
} from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { Roles } from '../permission/roles.js';
import { TIME_ZONE } from './calendars.js';

export interface OperatorListRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly role: string;
  readonly active: boolean;
  readonly office_id: string;
  readonly office_name: string;
}

const OPERATORS = `
  select p.id, p.code, p.name, p.role, p.active, p.office_id, o.name as office_name
  from operator p join office o on o.id = p.office_id`;

/** Who and what an administration is made of. */
@Injectable()
export class OrganisationQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  async offices({ administrationId }: Asking): Promise<OfficeList> {
    const rows: (Omit<OfficeView, 'parent'> & { parent: string | null })[] = await this.dataSource.query(
      'select id, parent_id as parent, code, name, kind, tier, active from office where administration_id = $1 order by name, id',
      [administrationId],
    );
    return { items: rows.map(({ parent, ...office }) => ({ ...office, ...present({ parent }) })) };
  }

  async operators({ administrationId }: Asking): Promise<OperatorList> {
    const rows: OperatorListRow[] = await this.dataSource.query(
      `${OPERATORS} where p.administration_id = $1 order by p.name, p.id`,
      [administrationId],
    );
    return { items: rows.map(operatorView) };
  }

  async me(operator: Asking): Promise<MeView> {
    const { id } = operator;
    const [row]: (OperatorListRow & { administration_id: string; administration: string })[] =
      await this.dataSource.query(
        `select p.id, p.code, p.name, p.role, p.active, p.office_id, o.name as office_name, r.id as administration_id,
         r.name as administration
       from operator p join office o on o.id = p.office_id join office r on r.id = p.administration_id where p.id = $1`,
        [id],
      );
    if (!row) throw new Error(`operator ${id} vanished`);
    return {
      ...operatorView(row),
      administration: { id: row.administration_id, name: row.administration },
      permissions: [...(await this.roles.permissions(operator))],
      timeZone: TIME_ZONE,
    };
  }

  /** All categories, or one. */
  async categories({ administrationId }: Asking, id?: string): Promise<CategoryList> {
    const rows: {
      id: string;
      code: string;
      label: string;
      kind: CaseKind;
      office_id: string | null;
      office_name: string | null;
      topic: TopicRef | null;
      active: boolean;
      version: number;
      confidentiality: string | null;
    }[] = await this.dataSource.query(
      `select g.id, g.code, g.label, g.kind, g.active, g.version, g.confidentiality, g.office_id, o.name as office_name,
         case when t.id is not null then jsonb_build_object('id', t.id, 'code', t.code, 'label', t.label) end as topic
       from category g left join office o on o.id = g.office_id left join topic t on t.id = g.topic_id
       where g.administration_id = $1 and ($2::uuid is null or g.id = $2) order by g.label, g.id`,
      [administrationId, id ?? null],
    );
    return {
      items: rows.map(({ office_id: office, office_name: name, topic, confidentiality, ...category }) => ({
        ...category,
        ...present({ topic, confidentiality }),
        ...(office !== null && name !== null ? { office: { id: office, name } } : {}),
      })),
    };
  }
}

export const operatorView = (row: OperatorListRow) => ({
  id: row.id,
  code: row.code,
  name: row.name,
  role: row.role,
  active: row.active,
  office: { id: row.office_id, name: row.office_name },
});
