import { groupedBy } from '../grouped.js';
import type { SentMessage } from '../load/traffic.js';

/** A message of ours as the core shows it. */
export interface FoundMessage {
  readonly mark: string;
  readonly caseId: string;
  /** Place in the case's timeline. */
  readonly position: number;
}
export interface Verdict {
  /** Accepted and neither in a case nor parked. */
  readonly lost: number;
  /** In a case more than once; or a second case of a conversation that joins. */
  readonly duplicated: number;
  /** Shown after a message of its conversation that was sent after it. */
  readonly misordered: number;
}

/** What became of the accepted messages. Pure, so that its own controls can show that it sees loss. */
export function judge(
  accepted: readonly { readonly message: SentMessage; readonly joins: boolean }[],
  found: readonly FoundMessage[],
  parked: ReadonlySet<string>,
): Verdict {
  const byMark = groupedBy(found, one => one.mark);
  let lost = 0;
  let duplicated = 0;
  for (const { message } of accepted) {
    const copies = byMark.get(message.mark)?.length ?? 0;
    if (copies === 0 && !parked.has(message.mark)) lost += 1;
    if (copies > 1) duplicated += copies - 1;
  }
  let misordered = 0;
  for (const conversation of groupedBy(
    accepted.filter(one => one.joins),
    one => one.message.conversation,
  ).values()) {
    const shown = conversation
      .flatMap(({ message }) =>
        (byMark.get(message.mark) ?? [])
          .slice(0, 1)
          .map(({ caseId, position }) => ({ place: message.place, caseId, position })),
      )
      .sort((a, b) => a.place - b.place);
    duplicated += Math.max(0, new Set(shown.map(one => one.caseId)).size - 1);
    misordered += shown.filter((one, index) =>
      shown
        .slice(0, index)
        .some(earlier => earlier.caseId === one.caseId && earlier.place < one.place && earlier.position > one.position),
    ).length;
  }
  return { lost, duplicated, misordered };
}
