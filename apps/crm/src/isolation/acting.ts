import { AsyncLocalStorage } from 'node:async_hooks';
import type { Asking } from '../http/operator.js';

/** Who reads and writes the database for a person or a program, and what they may see of its cases. */
export interface PersonActing {
  readonly administrationId: string;
  readonly operatorId: string;
  /** Ordinary cases of the whole administration or of some offices; `all`: every case, confidential or not. */
  readonly reach: 'all' | 'administration' | 'offices';
  /** The offices in reach; of no meaning with another reach. */
  readonly offices: readonly string[];
  /** Offices whose confidential cases they may see. */
  readonly confided: readonly string[];
  /** Codes of the levels of which they may know wherever a case is. */
  readonly levels: readonly string[];
  /** Confidential cases that were opened to them for a while. */
  readonly opened: readonly string[];
}

/** The core's own work, by a name that says why it sees every administration. */
export interface MachineActing {
  readonly machine: string;
}

export type Acting = PersonActing | MachineActing;

/** What begins for nobody, a request for instance, until `actAs` says in it for whom. It inherits nothing of what acted before. */
export class Begun {
  acting: Acting | undefined;

  run<T>(work: () => T): T {
    return held.run(this, work);
  }
}

const held = new AsyncLocalStorage<{ acting: Acting | undefined }>();

/** Who acts here; `undefined`: nobody is known, and nothing is seen. */
export const acting = (): Acting | undefined => held.getStore()?.acting;

export const isMachine = (who: Acting | undefined): who is MachineActing => who !== undefined && 'machine' in who;

/** Runs the core's own work. */
export const asMachine = <T>(machine: string, work: () => T): T => held.run({ acting: { machine } }, work);

/** Runs what is done for somebody outside of the course of their request, as the counts of a stream are. */
export const asActing = <T>(who: Acting | undefined, work: () => T): T => held.run({ acting: who }, work);

/** Says who acts from here on in what was begun. To be called once it is known who asks. */
export function actAs(who: Acting): void {
  const here = held.getStore();
  if (!(here instanceof Begun)) throw new Error('nothing was begun in which somebody could act');
  here.acting = who;
}

/** A person, or a program, and the cases that they see. */
export function personOf({
  id,
  administrationId,
  sight,
}: Pick<Asking, 'id' | 'administrationId' | 'sight'>): PersonActing {
  const seen = sight === 'all' ? { reach: sight, ...NOBODYS } : sight;
  const { reach, offices, confided, levels, opened } = seen;
  return { administrationId, operatorId: id, reach, offices, confided, levels, opened };
}
const NOBODYS = { offices: [], confided: [], levels: [], opened: [] };

/**
 * Runs what looks at more cases than whoever acts sees, for a reason that is said: all of their administration, and none of
 * another. What is answered of them is for the caller to narrow.
 */
export function beyondSight<T>(_because: string, work: () => T): T {
  const who = acting();
  return who === undefined || isMachine(who) ? work() : asActing({ ...who, reach: 'all' }, work);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const REACHES: readonly string[] = ['all', 'administration', 'offices'];
const CODE = /^[a-z][a-z0-9_-]{0,99}$/;

/** Begins a transaction of a person: one statement of the simple protocol, in which nothing stands that was not looked at. */
export function beginningOf(who: PersonActing): string {
  const said: readonly (readonly [string, string])[] = [
    ['administration', uuid(who.administrationId)],
    ['operator', uuid(who.operatorId)],
    ['reach', reach(who.reach)],
    ['offices', uuids(who.offices)],
    ['confided', uuids(who.confided)],
    ['levels', `{${who.levels.map(code).join(',')}}`],
    ['opened', uuids(who.opened)],
  ];
  return `start transaction; select ${said.map(([name, value]) => `set_config('app.${name}', '${value}', true)`).join(', ')}`;
}

function uuid(value: string): string {
  if (!UUID.test(value)) throw new Error('what a person acts with is not an id');
  return value;
}
const uuids = (values: readonly string[]): string => `{${values.map(uuid).join(',')}}`;

function code(value: string): string {
  if (!CODE.test(value)) throw new Error('what a person acts with is not the code of a level');
  return `"${value}"`;
}

function reach(value: string): string {
  if (!REACHES.includes(value)) throw new Error('there is no such reach');
  return value;
}
