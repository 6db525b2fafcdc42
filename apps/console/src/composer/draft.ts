import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, taken } from '../api/client.js';
import { keep, keptText } from '../app/kept.js';
import { useSession } from '../app/session.js';
import { attemptFor, endAttempt, hearSaid, saidElsewhere } from './attempt.js';
import { rejoined, type Draft } from './rejoined.js';

export type DraftKind = 'reply' | 'note';

/** Where the draft is safe: with the core, in this browser until the core has it, or nowhere. */
export type Kept = 'nothing' | 'core' | 'here' | 'nowhere';

/** How long after the last key the core is told. */
const PAUSE_MS = 700;

const draftsQuery = {
  queryKey: ['drafts'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    taken(api.GET('/api/drafts', { params: { query: { limit: 100 } }, signal })),
} as const;

interface DraftHere {
  readonly draft: Draft;
  readonly kept: Kept;
  /** False until it is known whether there is one: nothing is written over it. */
  readonly ready: boolean;
  readonly change: (change: Partial<Draft>) => void;
  /** It was said: there is nothing to keep any more, here or in another tab. */
  readonly clear: () => void;
  /** What was said is taken back: it is a draft again, before what was begun meanwhile. */
  readonly giveBack: (words: Draft) => void;
  /** The key under which it is said: the same however often, in whichever tab and also after a reload. */
  readonly keyFor: (body: object) => string;
}

const isDraft = (value: unknown): value is Draft => typeof value === 'object' && value !== null && 'text' in value;

function readHere(name: string): Draft | undefined {
  const text = keptText(name);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What one writes in a case, kept with each key: here at once, with the core a moment later, and then no longer here. It is found again at
 * another screen, after a reload and after the connection was gone.
 */
export function useDraft(caseId: string, kind: DraftKind, version: number): DraftHere {
  const { me } = useSession();
  const client = useQueryClient();
  const name = `draft.${me.id}.${caseId}.${kind}`;
  const empty: Draft = {
    text: '',
    subject: '',
    conversation: undefined,
    visibility: undefined,
    attachments: [],
    begunFrom: version,
  };
  const [draft, setDraft] = useState<Draft>(() => readHere(name) ?? empty);
  const [kept, setKept] = useState<Kept>(() => (readHere(name) ? 'here' : 'nothing'));
  const [touched, setTouched] = useState(() => readHere(name) !== undefined);
  const drafts = useQuery(draftsQuery);
  const known = drafts.data?.items.find(one => one.case.id === caseId && one.kind === kind);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What was begun elsewhere is taken up, unless something is written here already.
  useEffect(() => {
    if (!known || touched) return;
    setDraft({
      text: known.text,
      subject: known.subject ?? '',
      conversation: known.conversation,
      visibility: known.visibility,
      attachments: known.attachments,
      begunFrom: known.begunFrom,
    });
    setKept('core');
    setTouched(true);
  }, [known, touched]);

  // A draft that is told while its words are sent must not outlive them.
  const underWay = useRef<Promise<unknown>>(undefined);
  const tell = useCallback(
    (next: Draft): void => {
      const params = { path: { id: caseId, kind } };
      const nothing = next.text === '' && next.attachments.length === 0;
      const told: Promise<unknown> = nothing
        ? taken(api.DELETE('/api/cases/{id}/drafts/{kind}', { params }))
        : taken(
            api.PUT('/api/cases/{id}/drafts/{kind}', {
              params,
              body: {
                text: next.text,
                begunFrom: next.begunFrom,
                ...(kind === 'reply' && next.subject !== '' ? { subject: next.subject } : {}),
                ...(kind === 'reply' && next.conversation !== undefined ? { conversation: next.conversation } : {}),
                ...(kind === 'reply' && next.visibility !== undefined ? { visibility: next.visibility } : {}),
                ...(next.attachments.length > 0 ? { attachments: next.attachments.map(({ id }) => id) } : {}),
              },
            }),
          );
      underWay.current = told
        .then(() => {
          // Only what the core has no later word of goes from here.
          if (readHere(name)?.text === next.text) keep(name, undefined);
          setKept(nothing ? 'nothing' : 'core');
        })
        // It stays here, and the next key tells it again.
        .catch(() => undefined);
    },
    [caseId, kind, name],
  );

  const change = (part: Partial<Draft>): void => {
    const begun = draft.text === '' && draft.attachments.length === 0;
    if (begun) endAttempt(name);
    write({ ...draft, ...(begun ? { begunFrom: version } : {}), ...part });
  };
  const write = (next: Draft): void => {
    setDraft(next);
    setTouched(true);
    setKept(keep(name, JSON.stringify(next)) ? 'here' : 'nowhere');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(next), PAUSE_MS);
  };
  const leave = (): void => {
    setDraft(empty);
    setKept('nothing');
    setTouched(true);
  };
  const clear = (): void => {
    clearTimeout(timer.current);
    keep(name, undefined);
    void (underWay.current ?? Promise.resolve()).then(() => tell(empty));
    saidElsewhere(name, draft.text);
    leave();
    void client.invalidateQueries({ queryKey: draftsQuery.queryKey });
  };
  // Whoever leaves before the core was told leaves nothing behind untold.
  const latest = useRef({ draft, kept, tell });
  useEffect(() => {
    latest.current = { draft, kept, tell };
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      const last = latest.current;
      if (last.kept === 'here') last.tell(last.draft);
      void client.invalidateQueries({ queryKey: draftsQuery.queryKey });
    },
    [client],
  );
  // The same words in another tab were said there.
  useEffect(() =>
    hearSaid(name, draft.text, () => {
      clearTimeout(timer.current);
      keep(name, undefined);
      leave();
    }),
  );
  const giveBack = (words: Draft): void => {
    endAttempt(name);
    write(rejoined(words, latest.current.draft));
  };
  return {
    draft,
    kept,
    ready: !drafts.isPending,
    change,
    clear,
    giveBack,
    keyFor: body => attemptFor(name, body),
  };
}
