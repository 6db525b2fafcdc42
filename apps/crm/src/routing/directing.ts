import type { Asking } from '../http/operator.js';
import { refused, type Refused } from '../refused.js';

const ROLES: ReadonlySet<string> = new Set(['admin', 'supervisor', 'team_leader', 'urp_referent', 'office_head']);

/** The refusal of whoever may not say how work is given out; `undefined` for those who may. */
export const mayNotDirect = ({ role }: Asking): Refused | undefined =>
  ROLES.has(role)
    ? undefined
    : refused('not-allowed', 'Only a supervisor or an administrator says how work is given out.');
