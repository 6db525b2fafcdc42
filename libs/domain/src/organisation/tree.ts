import type { OfficeKind } from '@filodiretto/contracts/model';
import { refuse, refuseField, type Refusal } from '../case/refusal.js';

/** A node of one administration's tree. */
export interface OfficeNode {
  readonly id: string;
  /** Null for the administration alone. */
  readonly parent: string | null;
  readonly kind: OfficeKind;
  readonly active: boolean;
}

/** One administration, by id: what is not in it does not exist for it. */
export type OfficeTree<Node extends OfficeNode = OfficeNode> = ReadonlyMap<string, Node>;

/** What each kind may stand under. The administration stands under nothing. */
const UNDER: Readonly<Record<OfficeKind, readonly OfficeKind[]>> = {
  administration: [],
  department: ['administration', 'department'],
  office: ['administration', 'department', 'office'],
  team: ['office'],
};

/** The office itself, then those above it up to the root; empty when there is none of this id. Ends even in a damaged tree. */
export function lineOf<Node extends OfficeNode>(tree: OfficeTree<Node>, id: string): Node[] {
  const line = new Set<Node>();
  for (let at = tree.get(id); at && !line.has(at); at = at.parent === null ? undefined : tree.get(at.parent))
    line.add(at);
  return [...line];
}

/** Whether an office may be this, there: a tree without cycles, of one root, where each kind stands where it may. */
export function placeRefusal(tree: OfficeTree, asked: Omit<OfficeNode, 'active'>): Refusal | undefined {
  const now = tree.get(asked.id);
  if ((now?.kind === 'administration') !== (asked.kind === 'administration'))
    return refuseField('kind', 'An administration is the root of its tree, and no other office becomes one.');
  if (asked.kind === 'administration')
    return asked.parent === null ? undefined : refuseField('parent', 'Nothing stands above the administration.');
  const parent = asked.parent === null ? undefined : tree.get(asked.parent);
  if (!parent) return refuseField('parent', 'there is none of this id here');
  if (lineOf(tree, parent.id).some(one => one.id === asked.id))
    return refuseField('parent', 'An office cannot stand under itself, nor under what stands under it.');
  if (!UNDER[asked.kind].includes(parent.kind))
    return refuseField(
      'parent',
      `A ${asked.kind} stands under: ${UNDER[asked.kind].join(', ')}; not under: ${parent.kind}.`,
    );
  if (!parent.active && now?.active !== false)
    return refuseField('parent', 'is not active: nothing active stands under it.');
  const misplaced = childrenOf(tree, asked.id).find(one => !UNDER[one.kind].includes(asked.kind));
  return (
    misplaced && refuseField('kind', `A ${misplaced.kind} stands under it, and cannot stand under: ${asked.kind}.`)
  );
}

/** Whether an office may end. Whatever it holds goes to its successor. */
export function deactivationRefusal(tree: OfficeTree, id: string, successor: string | null): Refusal | undefined {
  if (tree.get(id)?.kind === 'administration')
    return refuse('office-in-use', 'The administration itself cannot be deactivated.');
  const below = childrenOf(tree, id).filter(one => one.active).length;
  if (below > 0)
    return refuse('office-in-use', `${below} active offices stand under it: move or deactivate them first.`);
  if (successor === null) return undefined;
  const heir = tree.get(successor);
  if (!heir) return refuseField('successor', 'there is none of this id here');
  return heir.active && heir.id !== id
    ? undefined
    : refuseField('successor', 'must be another office, and an active one');
}

/** Who answers in place of an office that is no longer active; null when nobody was named, or those named ended too. */
export function successorOf(
  tree: OfficeTree<OfficeNode & { readonly successor: string | null }>,
  id: string,
): string | null {
  const seen = new Set<string>();
  for (let at = tree.get(id); at && !seen.has(at.id); at = at.successor === null ? undefined : tree.get(at.successor)) {
    if (at.active) return at.id;
    seen.add(at.id);
  }
  return null;
}

const childrenOf = (tree: OfficeTree, id: string): OfficeNode[] => [...tree.values()].filter(one => one.parent === id);
