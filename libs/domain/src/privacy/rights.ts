import type { CaseKind, Right, RightState } from '@filodiretto/contracts/model';

/** How people call what a person may ask of what is kept of them. Italian. */
export const RIGHT_NAMES: Readonly<Record<Right, string>> = {
  access: 'Accesso ai propri dati',
  rectification: 'Rettifica dei propri dati',
  restriction: 'Limitazione del trattamento',
  objection: 'Opposizione al trattamento',
  erasure: 'Cancellazione dei propri dati',
};

/** Kinds of case in which the law makes the administration write, also to who asked that their data rest (art. 18.2). */
const LAWFUL: ReadonlySet<CaseKind> = new Set<CaseKind>([
  'data_subject_request',
  'proceeding',
  'document_access',
  'civic_access',
  'foia',
]);

/** Whether something may still be said to somebody whose data rest: only by a person, and where the law asks for it. */
export const mayWriteRestricted = (kind: CaseKind, by: 'operator' | 'automation'): boolean =>
  by === 'operator' && LAWFUL.has(kind);

/** Why a request cannot be decided so; `undefined`: it may be. Whoever is not known for certain gets nothing, and may be told no. */
export function whyNotDecide(
  request: { readonly state: RightState; readonly identified: boolean },
  outcome: Exclude<RightState, 'open'>,
): 'decided' | 'not_identified' | undefined {
  if (request.state !== 'open') return 'decided';
  return outcome !== 'refused' && !request.identified ? 'not_identified' : undefined;
}
