/** SCIM 2.0 (RFC 7643, 7644): the words of the protocol, and what a request asks of somebody, as plain data. */
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

type ScimType =
  'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability' | 'tooMany' | 'uniqueness';

/** A request that cannot be carried out, as SCIM says it. */
export class ScimFault extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 409 | 412,
    readonly scimType: ScimType | undefined,
    detail: string,
  ) {
    super(detail);
  }
}

/** What SCIM knows of an operator. */
export interface ScimUser {
  readonly userName: string;
  readonly externalId?: string | undefined;
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly active: boolean;
  /** Code of the office. */
  readonly department?: string | undefined;
}

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const MAX = { userName: 100, externalId: 255, name: 300, email: 320, phone: 100, department: 100 } as const;
const CODE = /^[\w.@:-]+$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A whole user, as POST and PUT bring it. */
export function userOf(body: unknown): ScimUser {
  if (!isJson(body)) throw new ScimFault(400, 'invalidSyntax', 'A user is a JSON object.');
  if (!Array.isArray(body.schemas) || !body.schemas.includes(USER_SCHEMA))
    throw new ScimFault(400, 'invalidSyntax', `schemas must name ${USER_SCHEMA}.`);
  const empty: ScimUser = { userName: '', name: '', active: true };
  return checked(merged(empty, body));
}

/** One operation of a PATCH. Without a path, `value` is an object of attributes. */
export type ScimOperation =
  | { readonly op: 'add' | 'replace' | 'remove'; readonly path: string; readonly value: unknown }
  | { readonly op: 'add' | 'replace'; readonly path: undefined; readonly value: Json };

/** The operations of a PATCH, in order. */
export function operationsOf(body: unknown): ScimOperation[] {
  if (!isJson(body) || !Array.isArray(body.schemas) || !body.schemas.includes(PATCH_SCHEMA))
    throw new ScimFault(400, 'invalidSyntax', `schemas must name ${PATCH_SCHEMA}.`);
  const { Operations: operations } = body;
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > 100)
    throw new ScimFault(400, 'invalidSyntax', 'Operations must be a list.');
  return operations.map(operationOf);
}

function operationOf(operation: unknown): ScimOperation {
  if (!isJson(operation) || typeof operation.op !== 'string')
    throw new ScimFault(400, 'invalidSyntax', 'An operation has an op.');
  const { path, value } = operation;
  const op = OPS.find(known => known === String(operation.op).toLowerCase());
  if (op === undefined) throw new ScimFault(400, 'invalidSyntax', 'op is add, replace or remove.');
  if (path === undefined) {
    if (op === 'remove') throw new ScimFault(400, 'invalidPath', 'remove needs a path.');
    if (!isJson(value)) throw new ScimFault(400, 'invalidValue', 'Without a path, value is an object.');
    return { op, path, value };
  }
  if (typeof path !== 'string') throw new ScimFault(400, 'invalidPath', 'path must be a text.');
  return { op, path, value };
}
const OPS = ['add', 'replace', 'remove'] as const;

/** A user after the operations of a PATCH. */
export const patched = (user: ScimUser, body: unknown): ScimUser =>
  checked(operationsOf(body).reduce<ScimUser>(operated, user));

function operated(user: ScimUser, { op, path, value }: ScimOperation): ScimUser {
  if (path === undefined)
    return merged(user, Object.fromEntries(Object.entries(value).flatMap(([key, one]) => unfolded(key, one))));
  const [entry] = unfolded(path, op === 'remove' ? null : value);
  return entry ? merged(user, Object.fromEntries([entry])) : user;
}

/** Attributes of the schema that are not kept here: no fault, no effect. */
const NOT_KEPT =
  /^(nickName|profileUrl|title|userType|preferredLanguage|locale|timezone|password|ims|photos|addresses|groups|entitlements|roles|x509Certificates|name\.(givenName|familyName|middleName|honorificPrefix|honorificSuffix))\b/i;

/** A path as the attribute of the body that it stands for. */
function unfolded(path: string, value: unknown): (readonly [string, unknown])[] {
  const plain = path.startsWith(`${USER_SCHEMA}:`) ? path.slice(USER_SCHEMA.length + 1) : path;
  if (plain.startsWith(ENTERPRISE_SCHEMA)) {
    const rest = plain.slice(ENTERPRISE_SCHEMA.length + 1);
    if (rest === '' && isJson(value)) return [[ENTERPRISE_SCHEMA, value]];
    return rest.toLowerCase() === 'department' ? [[ENTERPRISE_SCHEMA, { department: value }]] : [];
  }
  const [, list] = /^(emails|phoneNumbers)(\[[^\]]*\])?(\.value)?$/i.exec(plain) ?? [];
  if (list !== undefined)
    return [
      [list.toLowerCase() === 'emails' ? 'emails' : 'phoneNumbers', typeof value === 'string' ? [{ value }] : value],
    ];
  if (/^name\.formatted$/i.test(plain)) return [['displayName', value]];
  const known = ['userName', 'externalId', 'displayName', 'active', 'name'].find(
    one => one.toLowerCase() === plain.toLowerCase(),
  );
  if (known !== undefined) return [[known, value]];
  if (NOT_KEPT.test(plain)) return [];
  throw new ScimFault(400, 'invalidPath', `There is no ${path.slice(0, 100)}.`);
}

/** What a body says of a user, over what was known; `null` clears. */
function merged(user: ScimUser, body: Json): ScimUser {
  const enterprise = body[ENTERPRISE_SCHEMA];
  const name = textOf(body, 'displayName') ?? nameOf(body.name);
  return {
    userName: textOf(body, 'userName') ?? user.userName,
    name: name ?? user.name,
    active: activeOf(body.active) ?? user.active,
    externalId: 'externalId' in body ? textOf(body, 'externalId') : user.externalId,
    email: 'emails' in body ? firstOf(body.emails, 'emails') : user.email,
    phone: 'phoneNumbers' in body ? firstOf(body.phoneNumbers, 'phoneNumbers') : user.phone,
    department: isJson(enterprise) ? textOf(enterprise, 'department') : user.department,
  };
}

function textOf(body: Json, key: string): string | undefined {
  const value = body[key];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new ScimFault(400, 'invalidValue', `${key} must be a text.`);
  return value;
}

function nameOf(value: unknown): string | undefined {
  if (!isJson(value)) return undefined;
  const parts = [textOf(value, 'givenName'), textOf(value, 'familyName')].filter(part => part !== undefined);
  return textOf(value, 'formatted') ?? (parts.length > 0 ? parts.join(' ') : undefined);
}

/** Some send the word instead of the value. */
function activeOf(value: unknown): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new ScimFault(400, 'invalidValue', 'active is true or false.');
}

/** The value of the primary one, else of the first. */
function firstOf(value: unknown, key: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every(isJson)) throw new ScimFault(400, 'invalidValue', `${key} is a list of objects with a value.`);
  const chosen = list.find(one => one.primary === true) ?? list[0];
  return chosen && textOf(chosen, 'value');
}

function checked(user: ScimUser): ScimUser {
  const wrong = (key: string, words: string): never => {
    throw new ScimFault(400, 'invalidValue', `${key} ${words}`);
  };
  for (const [key, max] of Object.entries(MAX)) {
    const value = user[key as keyof typeof MAX];
    if (value !== undefined && value.length > max) wrong(key, `has more than ${max} characters.`);
  }
  if (!CODE.test(user.userName)) wrong('userName', 'is made of letters, digits and . @ : - _');
  if (user.name === '') wrong('displayName', 'is missing, and so is name.');
  if (user.email !== undefined && !EMAIL.test(user.email)) wrong('emails', 'must be an address.');
  return user;
}

/** Page of a list: from which one, counted from 1, and how many. */
export function pageOf(startIndex: unknown, count: unknown): { readonly from: number; readonly count: number } {
  const whole = (value: unknown, otherwise: number): number =>
    typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : otherwise;
  return { from: Math.max(1, whole(startIndex, 1)), count: Math.min(200, Math.max(0, whole(count, 100))) };
}
