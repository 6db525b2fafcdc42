import { pause } from '../runtime/program.js';
import { Core, messagesOf, wordsOf } from '../load/core.js';
import type { SentMessage } from '../load/traffic.js';
import { judge, type FoundMessage, type Verdict } from './verdict.js';

export interface Accepted {
  readonly message: SentMessage;
  readonly joins: boolean;
}
/** What became of an outgoing message, as the core shows it. */
interface FoundReply {
  readonly id: string;
  readonly state: string;
}
export interface Testimony {
  readonly verdict: Verdict;
  readonly replies: readonly FoundReply[];
}

/** Looks at the core through its API, never at its database, until what was accepted is there or the time is over. */
export async function testify(
  core: Core,
  label: string,
  since: string,
  accepted: readonly Accepted[],
  seconds: number,
): Promise<Testimony> {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    try {
      const testimony = await look(core, label, since, accepted);
      if (testimony.verdict.lost === 0 || Date.now() > until) return testimony;
    } catch (error) {
      // The core itself may still be coming back.
      if (Date.now() > until) throw error;
    }
    await pause(400);
  }
}

async function look(core: Core, label: string, since: string, accepted: readonly Accepted[]): Promise<Testimony> {
  const marks = new RegExp(`${label}-[0-9a-f-]{36}`, 'g');
  const found: FoundMessage[] = [];
  const replies: FoundReply[] = [];
  for (const { id } of await core.cases(since)) {
    const messages = messagesOf(await core.case(id));
    messages.forEach((message, position) => {
      if (message.direction === 'out') replies.push({ id: message.id, state: message.send?.state ?? 'none' });
      else for (const mark of new Set(wordsOf(message).match(marks))) found.push({ mark, caseId: id, position });
    });
  }
  const parked = new Set<string>();
  for (const item of await core.parked())
    if (item.createdAt >= since && item.original)
      for (const [mark] of (await core.original(item.original)).matchAll(marks)) parked.add(mark);
  return { verdict: judge(accepted, found, parked), replies };
}
