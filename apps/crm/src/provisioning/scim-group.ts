import { GROUP_SCHEMA, isJson, operationsOf, ScimFault, type ScimOperation } from './scim.js';

const MOST_MEMBERS = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ONE_MEMBER = /^members\[\s*value\s+eq\s+"([^"]*)"\s*\]$/i;

/** The ids of a group's members, as PUT brings them. */
export function membersOf(body: unknown): ReadonlySet<string> {
  if (!isJson(body)) throw new ScimFault(400, 'invalidSyntax', 'A group is a JSON object.');
  if (!Array.isArray(body.schemas) || !body.schemas.includes(GROUP_SCHEMA))
    throw new ScimFault(400, 'invalidSyntax', `schemas must name ${GROUP_SCHEMA}.`);
  return bounded(idsOf(body.members));
}

/** A group's members after the operations of a PATCH. */
export const patchedMembers = (members: ReadonlySet<string>, body: unknown): ReadonlySet<string> =>
  bounded(operationsOf(body).reduce(operated, members));

function operated(members: ReadonlySet<string>, operation: ScimOperation): ReadonlySet<string> {
  if (operation.path === undefined)
    return 'members' in operation.value
      ? operated(members, { op: operation.op, path: 'members', value: operation.value.members })
      : members;
  const { op, value } = operation;
  const path = operation.path.startsWith(`${GROUP_SCHEMA}:`)
    ? operation.path.slice(GROUP_SCHEMA.length + 1)
    : operation.path;
  // What an office is called is said by the organisation: no fault, no effect.
  if (/^(displayName|externalId)$/i.test(path)) return members;
  const [, named] = ONE_MEMBER.exec(path) ?? [];
  if (named !== undefined) {
    if (op !== 'remove') throw new ScimFault(400, 'invalidPath', 'One member by its value can only be removed.');
    return without(members, idsOf({ value: named }));
  }
  if (!/^members$/i.test(path)) throw new ScimFault(400, 'invalidPath', `There is no ${path.slice(0, 100)}.`);
  if (op === 'add') return new Set([...members, ...idsOf(value)]);
  if (op === 'replace') return idsOf(value);
  return value === undefined || value === null ? new Set() : without(members, idsOf(value));
}

const without = (members: ReadonlySet<string>, gone: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...members].filter(id => !gone.has(id)));

function idsOf(value: unknown): ReadonlySet<string> {
  if (value === undefined || value === null) return new Set();
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return new Set(
    list.map(one => {
      if (!isJson(one) || typeof one.value !== 'string' || !UUID.test(one.value))
        throw new ScimFault(400, 'invalidValue', 'A member is an object whose value is the id of a user.');
      return one.value.toLowerCase();
    }),
  );
}

function bounded(members: ReadonlySet<string>): ReadonlySet<string> {
  if (members.size > MOST_MEMBERS)
    throw new ScimFault(400, 'invalidValue', `A group has ${MOST_MEMBERS} members at most.`);
  return members;
}
