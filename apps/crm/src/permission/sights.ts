import { Inject, Injectable } from '@nestjs/common';
import type { ConfidentialityLevel } from '@filodiretto/contracts/model';
import { seesCase, sightOf, type OfficeInTree, type Sight } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { MachineDataSource } from '../data-source.js';
import { levelsOf, type LevelRow } from './levels.js';
import { Roles } from './roles.js';
import { SEEN_COLUMNS, type SeenRow } from './seen.js';

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
  readonly readAt: number;
  readonly offices: readonly OfficeInTree[];
  readonly levels: readonly ConfidentialityLevel[];
}

/** What was decided holds everywhere after so long. */
const FRESH_MS = 2_000;

/** Which cases people see. The tree of offices and what roles and levels are may be two seconds old; who somebody is, is not. */
@Injectable()
export class Sights {
  private readonly books = new Map<string, Book>();

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  async of({ administrationId, id, role, memberOf, opened }: Known): Promise<Sight> {
    const [book, permissions, reach] = [
      await this.book(administrationId),
      await this.roles.permissions({ administrationId, role }),
      await this.roles.reach({ administrationId, role }),
    ];
    return sightOf({ id, role, permissions, ...reach, memberOf, opened }, book.offices, book.levels);
  }

  /** What an operator sees now, for what lasts longer than a request; `undefined` when they no longer work here. */
  async now(operatorId: string): Promise<Sight | undefined> {
    const known = await this.known(operatorId);
    return known && this.of(known);
  }

  /** The same; `undefined` also when the role that they have now reads no cases. */
  async reading(operatorId: string): Promise<Sight | undefined> {
    const known = await this.known(operatorId);
    return known && (await this.roles.may(known, 'case.read')) ? this.of(known) : undefined;
  }

  /** Whether a case is not kept from an operator by being confidential, as both are now. */
  async mayKnow(manager: EntityManager, operatorId: string, caseId: string): Promise<boolean> {
    const [one]: SeenRow[] = await manager.query(
      `select ${SEEN_COLUMNS} from case_file c where c.id = $1 and c.confidentiality is not null`,
      [caseId],
    );
    if (!one) return true;
    const sight = await this.now(operatorId);
    return sight !== undefined && seesCase(sight, one);
  }

  /** What was decided is read again by whoever asks next. */
  forget(administrationId: string): void {
    this.books.delete(administrationId);
  }

  private async known(operatorId: string): Promise<Known | undefined> {
    const [known]: Known[] = await this.dataSource.query(
      `select o.id, o.administration_id as "administrationId", o.role, ${KNOWN} from operator o where o.id = $1 and o.active`,
      [operatorId],
    );
    return known;
  }

  private async book(administrationId: string): Promise<Book> {
    const known = this.books.get(administrationId);
    if (known && performance.now() - known.readAt <= FRESH_MS) return known;
    const readAt = performance.now();
    const [row]: { offices: OfficeInTree[] | null; levels: LevelRow[] | null }[] = await this.dataSource.query(
      `select
         (select json_agg(json_build_object('id', id, 'parent', parent_id, 'tier', tier, 'supplier', supplier_id))
          from office where administration_id = $1) as offices,
         (select json_agg(v) from confidentiality_level v where administration_id = $1) as levels`,
      [administrationId],
    );
    const book = { readAt, offices: row?.offices ?? [], levels: levelsOf(row?.levels ?? []) };
    this.books.set(administrationId, book);
    return book;
  }
}
