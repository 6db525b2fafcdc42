import { Inject, Injectable } from '@nestjs/common';
import type { ConfidentialityLevel } from '@filodiretto/contracts/model';
import { seesCase, sightOf, type OfficeInTree, type Sight } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { MachineDataSource } from '../data-source.js';
import { Fresh } from '../fresh.js';
import { Together } from '../together.js';
import { levelsOf, type LevelRow } from './levels.js';
import { Roles } from './roles.js';
import { SEEN_COLUMNS, type SeenRow } from './seen.js';
import { prepared } from '../prepared.js';

/** Who asks, as the database knows them at the moment of asking. */
export interface Known {
  readonly id: string;
  readonly administrationId: string;
  readonly role: string;
  readonly memberOf: readonly string[];
  /** Cases that they broke the glass for, and that are open still. */
  readonly opened: readonly string[];
}

/** SQL columns of the operator `o` that say what they are a member of and what they opened. */
export const KNOWN = `
  array(select b.office_id from membership b where b.operator_id = o.id) as "memberOf",
  array(select g.case_id from break_glass g where g.operator_id = o.id and g.until > clock_now()) as opened`;

interface Book {
  readonly offices: readonly OfficeInTree[];
  readonly levels: readonly ConfidentialityLevel[];
}

/** What was decided holds everywhere after so long. */
const FRESH_MS = 2_000;

/** Which cases people see. The tree of offices and what roles and levels are may be two seconds old; who somebody is, is not. */
@Injectable()
export class Sights {
  private readonly books = new Fresh<Book>(FRESH_MS, administrationId => this.read(administrationId));
  private readonly people = new Together<Known>(ids => this.known(ids));

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  async of({ administrationId, id, role, memberOf, opened }: Known): Promise<Sight> {
    const [book, permissions, reach] = [
      await this.books.get(administrationId),
      await this.roles.permissions({ administrationId, role }),
      await this.roles.reach({ administrationId, role }),
    ];
    return sightOf({ id, role, permissions, ...reach, memberOf, opened }, book.offices, book.levels);
  }

  /** What an operator sees now, for what lasts longer than a request; `undefined` when they no longer work here. */
  async now(operatorId: string): Promise<Sight | undefined> {
    const known = await this.people.get(operatorId);
    return known && this.of(known);
  }

  /** The same; `undefined` also when the role that they have now reads no cases. */
  async reading(operatorId: string): Promise<Sight | undefined> {
    const known = await this.people.get(operatorId);
    return known && (await this.roles.may(known, 'case.read')) ? this.of(known) : undefined;
  }

  /** Whether a case is not kept from an operator by being confidential, as both are now. */
  async mayKnow(manager: EntityManager, operatorId: string, caseId: string): Promise<boolean> {
    const {
      rows: [one],
    } = await prepared<SeenRow>(
      manager,
      `select ${SEEN_COLUMNS} from case_file c where c.id = $1 and c.confidentiality is not null`,
      [caseId],
    );
    if (!one) return true;
    const sight = await this.now(operatorId);
    return sight !== undefined && seesCase(sight, one);
  }

  /** What was decided is read again by whoever asks next. */
  forget(administrationId: string): void {
    this.books.forget(administrationId);
  }

  private async known(operatorIds: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const all: Known[] = await this.dataSource.query(
      `select o.id, o.administration_id as "administrationId", o.role, ${KNOWN}
       from operator o where o.id = any($1::uuid[]) and o.active`,
      [operatorIds],
    );
    return new Map(all.map(one => [one.id, one]));
  }

  private async read(administrationId: string): Promise<Book> {
    const [row]: { offices: OfficeInTree[] | null; levels: LevelRow[] | null }[] = await this.dataSource.query(
      `select
         (select json_agg(json_build_object('id', id, 'parent', parent_id, 'tier', tier, 'supplier', supplier_id))
          from office where administration_id = $1) as offices,
         (select json_agg(v) from confidentiality_level v where administration_id = $1) as levels`,
      [administrationId],
    );
    return { offices: row?.offices ?? [], levels: levelsOf(row?.levels ?? []) };
  }
}
