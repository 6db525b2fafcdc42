import { refuseField, type Refusal } from '../case/refusal.js';
import { lineOf, type OfficeNode, type OfficeTree } from './tree.js';

/** An office, and the people it names. */
export interface LedOffice extends OfficeNode {
  readonly responsible: string | null;
  /** In the order in which they step in. */
  readonly substitutes: readonly string[];
  readonly substitutePowerHolder: string | null;
}

/** From an instant (included) to another (not included); instants in milliseconds. */
export interface Absence {
  readonly operator: string;
  readonly from: number;
  readonly to: number;
  readonly substitute: string | null;
}

/** Who there is, and who is away. */
export interface Staff {
  /** The operators who are active. */
  readonly active: ReadonlySet<string>;
  readonly absences: readonly Absence[];
}

/** Somebody who answers now, and by which title. */
export interface Responsible {
  readonly operator: string;
  /** The office whose responsible person, substitute or power holder they are. */
  readonly office: string;
  readonly as: 'named' | 'substitute';
  /** The one named, when somebody else answers. */
  readonly insteadOf: string | null;
}

/** Who acts for a person at an instant: they themselves, or whoever they named while they are away; null when nobody is there. */
export function actsFor(staff: Staff, operator: string, at: number): string | null {
  const seen = new Set<string>();
  for (let one: string | null = operator; one !== null && !seen.has(one);) {
    seen.add(one);
    const person: string = one;
    const away = staff.absences.find(absence => absence.operator === person && covers(absence, at));
    if (staff.active.has(person) && !away) return person;
    one = away?.substitute ?? null;
  }
  return null;
}

/**
 * Who heads an office at an instant: the one responsible or, while they are away, whom they named, else the office's substitutes
 * in order; when nobody of it is there, the nearest office above in which somebody is. Null: nobody up to the root.
 */
export function headOf(tree: OfficeTree<LedOffice>, staff: Staff, office: string, at: number): Responsible | null {
  return firstOf(lineOf(tree, office), one => leader(one, staff, at));
}

/** Who heads the nearest department above an office, or the administration; null for the administration itself. */
export function directorOf(tree: OfficeTree<LedOffice>, staff: Staff, office: string, at: number): Responsible | null {
  const directing = lineOf(tree, office)
    .slice(1)
    .filter(({ kind }) => kind === 'department' || kind === 'administration');
  return firstOf(directing, one => leader(one, staff, at));
}

/** Who holds the power to step in for an office (L. 241/1990, art. 2): the holder named nearest above it who is there, or acts for one. */
export function substitutePowerHolderOf(
  tree: OfficeTree<LedOffice>,
  staff: Staff,
  office: string,
  at: number,
): Responsible | null {
  return firstOf(lineOf(tree, office), one => standing(one, one.substitutePowerHolder, staff, at));
}

/** Why an absence may not be recorded: nobody is away twice at once, and no two people stand in for each other. */
export function absenceRefusal(absences: readonly Absence[], asked: Absence): Refusal | undefined {
  if (asked.from >= asked.to) return refuseField('to', 'must be later than its beginning');
  if (asked.substitute === asked.operator) return refuseField('substitute', 'Nobody stands in for themselves.');
  if (absences.some(one => one.operator === asked.operator && overlap(one, asked)))
    return refuseField('from', 'They are recorded as away in part of this time already.');
  return leadsBack(absences, asked, asked.operator, new Set())
    ? refuseField('substitute', 'They are away in part of this time, and whoever stands in for them leads back here.')
    : undefined;
}

const covers = ({ from, to }: Absence, at: number): boolean => from <= at && at < to;
const overlap = (a: Pick<Absence, 'from' | 'to'>, b: Pick<Absence, 'from' | 'to'>): boolean =>
  a.from < b.to && b.from < a.to;

function firstOf<Item>(items: readonly Item[], found: (item: Item) => Responsible | null): Responsible | null {
  for (const item of items) {
    const one = found(item);
    if (one) return one;
  }
  return null;
}

function leader(office: LedOffice, staff: Staff, at: number): Responsible | null {
  const named = standing(office, office.responsible, staff, at);
  if (named) return named;
  const substitute = office.substitutes.find(one => actsFor(staff, one, at) === one);
  return substitute === undefined
    ? null
    : { operator: substitute, office: office.id, as: 'substitute', insteadOf: office.responsible };
}

function standing(office: LedOffice, named: string | null, staff: Staff, at: number): Responsible | null {
  const acting = named === null ? null : actsFor(staff, named, at);
  if (acting === null) return null;
  return acting === named
    ? { operator: acting, office: office.id, as: 'named', insteadOf: null }
    : { operator: acting, office: office.id, as: 'substitute', insteadOf: named };
}

/** Whether following substitutes, only while all of them are away together, leads back to a person. */
function leadsBack(absences: readonly Absence[], from: Absence, to: string, seen: ReadonlySet<string>): boolean {
  const { substitute } = from;
  if (substitute === null || seen.has(substitute)) return false;
  if (substitute === to) return true;
  return absences
    .filter(one => one.operator === substitute && overlap(one, from))
    .some(one =>
      leadsBack(
        absences,
        { ...one, from: Math.max(one.from, from.from), to: Math.min(one.to, from.to) },
        to,
        new Set([...seen, substitute]),
      ),
    );
}
