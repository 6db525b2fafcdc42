import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '@filodiretto/platform';
import { mayWith } from '@filodiretto/domain';
import { MachineDataSource } from '../data-source.js';
import { OPERATION, type Operated } from '../http/documented.js';
import { operatorOf, type Authenticated } from '../http/operator.js';
import { aboutCase, type CaseThing } from './cases.js';
import { SEEN_COLUMNS, type SeenRow } from './seen.js';
import { NOT_THEIRS } from './standing.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The cases of each thing: `$1` its id, `$2` the administration. A thing of no case gives a row without one. */
const CASES_OF: Readonly<Record<CaseThing, string>> = {
  case: 'select x.id as case_id from case_file x where x.id = $1 and x.administration_id = $2',
  message: 'select x.case_id from message x where x.id = $1 and x.administration_id = $2',
  attachment: `select m.case_id from attachment x left join message m on m.id = x.message_id
    where x.id = $1 and x.administration_id = $2`,
  task: 'select x.case_id from task x where x.id = $1 and x.administration_id = $2',
  announcement: 'select x.case_id from announcement x where x.id = $1 and x.administration_id = $2',
  // What is offered to somebody may be of an office that was not concerned yet: they see it by being offered it.
  offer: `select case when k.confidentiality is not null then k.id end as case_id
    from offer x join work_item w on w.id = x.work_item_id join case_file k on k.id = w.case_id
    where x.id = $1 and x.administration_id = $2`,
  'work item': 'select x.case_id from work_item x where x.id = $1 and x.administration_id = $2',
  merge: `select v.case_id from case_merge x cross join lateral (values (x.into_case), (x.from_case)) v(case_id)
    where x.id = $1 and x.administration_id = $2`,
  mention: `select n.case_id from mention x join internal_note n on n.id = x.note_id
    where x.id = $1 and x.administration_id = $2`,
};

/**
 * Lets somebody do with a case what its standing to them allows, before anything else is looked at. It stands behind the guard
 * of permissions. A case that one does not see is answered as one that is not there: by the same words, made at the same place.
 */
@Injectable()
export class CaseGuard implements CanActivate {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const operated = this.reflector.get<Operated | undefined>(OPERATION, context.getHandler());
    const about = operated && aboutCase(operated.id);
    if (!about) return true;
    const request = context.switchToHttp().getRequest<Authenticated & { readonly params: { readonly id?: string } }>();
    const { params } = request;
    const { administrationId, sight } = operatorOf(context);
    // What is no id is told by who reads it.
    if (params.id === undefined || !UUID.test(params.id) || sight === 'all') return true;
    const rows: (SeenRow & { readonly of: string | null })[] = await this.dataSource.query(
      `select x.case_id as of, ${SEEN_COLUMNS} from (${CASES_OF[about.thing]}) x left join case_file c on c.id = x.case_id`,
      [params.id, administrationId],
    );
    const answers = rows.map(row => (row.of === null ? 'may' : mayWith(sight, row, about.act)));
    if (answers.includes('unseen')) request.because = 'unseen';
    else if (answers.includes('may-not')) request.because = 'not_theirs';
    if (answers.length === 0 || answers.includes('unseen'))
      throw new Problem('not-found', `There is no such ${about.thing}.`);
    if (answers.includes('may-not')) throw new Problem('not-allowed', NOT_THEIRS);
    return true;
  }
}
