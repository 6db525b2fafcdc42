import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { api, Refusal, taken, versionTag, type Schemas } from '../api/client.js';
import { keptNames } from '../app/kept.js';
import { useLive } from '../app/live.js';
import { useSession } from '../app/session.js';
import i18next from 'i18next';
import { toast } from '../ui/said.js';
import { DraftKeeper, type DraftCore, type DraftNow } from './draft-keeper.js';
import type { Draft } from './rejoined.js';

export type DraftKind = 'reply' | 'note';
const KINDS: readonly DraftKind[] = ['reply', 'note'];

const coreOf = (caseId: string, kind: DraftKind): DraftCore => {
  const params = (version: number) => ({
    path: { id: caseId, kind },
    header: { 'If-Match': versionTag(version) },
  });
  return {
    read: async () => {
      const { items } = await taken(api.GET('/api/drafts', { params: { query: { case: caseId } } }));
      return items.find(one => one.kind === kind);
    },
    discard: version => taken(api.DELETE('/api/cases/{id}/drafts/{kind}', { params: params(version) })),
    save: ({ version, key, text, begunFrom, subject, conversation, visibility, attachments }) =>
      taken(
        api.PUT('/api/cases/{id}/drafts/{kind}', {
          params: params(version),
          body: {
            key,
            text,
            begunFrom,
            ...(kind === 'reply' && subject !== '' ? { subject } : {}),
            ...(kind === 'reply' && conversation !== undefined ? { conversation } : {}),
            ...(kind === 'reply' && visibility !== undefined ? { visibility } : {}),
            ...(attachments.length > 0 ? { attachments: attachments.map(({ id }) => id) } : {}),
          },
        }),
      ),
  };
};

/** The drafts of this page: whoever leaves a case leaves nothing untold behind. */
const keepers = new Map<string, DraftKeeper>();

function keeperOf(operator: string, caseId: string, kind: DraftKind): DraftKeeper {
  const name = `draft.${operator}.${caseId}.${kind}`;
  const known = keepers.get(name);
  if (known) return known;
  const made = new DraftKeeper(name, coreOf(caseId, kind), () => toast(i18next.t('composer.saidElsewhere')));
  keepers.set(name, made);
  return made;
}

/** Tells the core what it could not be told, as soon as it answers again: also of cases that are not open, and of pages that were shut. */
export function DraftsHere() {
  const { me } = useSession();
  const { connection } = useLive();
  useEffect(() => {
    const names = keptNames(`draft.${me.id}.`);
    for (const name of names) {
      const [, , caseId, said] = name.split('.');
      const kind = KINDS.find(one => one === said);
      if (caseId !== undefined && kind) keeperOf(me.id, caseId, kind);
    }
  }, [me.id]);
  useEffect(() => {
    if (connection === 'open') for (const keeper of keepers.values()) keeper.heal();
  }, [connection]);
  return null;
}

/** Whether a draft was not said for what another screen said or saved of it: both stand beside each other then. */
export const isOfAnotherScreen = (fault: unknown): boolean =>
  fault instanceof Refusal && (fault.problem === 'idempotency-mismatch' || fault.problem === 'version-stale');

interface DraftHere extends DraftNow {
  readonly change: (change: Partial<Draft>) => void;
  readonly keeper: DraftKeeper;
}

const wordsOf = ({ content }: Schemas['MessageView']): string =>
  content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');

/** What one writes in a case: found again at another screen, after a reload and after the connection was gone; said once. */
export function useDraft({ id, version, timeline }: Schemas['CaseView'], kind: DraftKind): DraftHere {
  const { me } = useSession();
  const keeper = useMemo(() => keeperOf(me.id, id, kind), [me.id, id, kind]);
  const now = useSyncExternalStore(keeper.subscribe, keeper.read);
  useEffect(() => {
    const look = (): void => void keeper.refresh();
    globalThis.addEventListener('focus', look);
    return () => {
      globalThis.removeEventListener('focus', look);
      void keeper.tell();
    };
  }, [keeper]);
  // A step of the case may have said it: what the core has is what there is.
  useEffect(() => {
    void keeper.refresh();
  }, [keeper, version]);
  useEffect(() => {
    const said = timeline.flatMap(({ message, note }): [string, string][] =>
      message ? [[message.id, wordsOf(message)]] : note ? [[note.id, note.text]] : [],
    );
    keeper.hear(new Map(said));
  }, [keeper, timeline]);
  return { ...now, keeper, change: part => keeper.change(part, version) };
}
