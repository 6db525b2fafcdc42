import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { useEvents } from '../app/live.js';
import { useSession } from '../app/session.js';
import { Icon } from '../ui/icon.js';

type Present = Schemas['AttentionView'];

/** What is said of oneself lapses by itself; said again well before that. */
const SAID_AGAIN_MS = 5_000;

const keyOf = (caseId: string): readonly string[] => ['attention', caseId];

/** Says that one has a case before one, or writes in it, as long as it is so; and that one left. */
export function usePayAttention(caseId: string, writing: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    const say = (): void => {
      if (document.hidden) return;
      taken(
        api.PUT('/api/cases/{id}/attention', {
          params: { path: { id: caseId } },
          body: { doing: writing ? 'writing' : 'viewing' },
        }),
      )
        .then(list => client.setQueryData(keyOf(caseId), list))
        // What is not heard lapses and is said again: nobody waits for it.
        .catch(() => undefined);
    };
    say();
    const again = setInterval(say, SAID_AGAIN_MS);
    return () => clearInterval(again);
  }, [caseId, writing, client]);
  useEffect(
    () => () => {
      api.DELETE('/api/cases/{id}/attention', { params: { path: { id: caseId } } }).catch(() => undefined);
    },
    [caseId],
  );
}

/** Who has the case before them now, and whether the citizen writes. */
function useNowThere(caseId: string): Schemas['AttentionList'] {
  const client = useQueryClient();
  const { data = { items: [], citizenWrites: false } } = useQuery<Schemas['AttentionList']>({
    queryKey: keyOf(caseId),
    queryFn: ({ signal }) => taken(api.GET('/api/cases/{id}/attention', { params: { path: { id: caseId } }, signal })),
  });
  useEvents((name, told) => {
    if (name !== 'attention.changed') return;
    const { case: about, present, citizenWrites } = told as Schemas['AttentionChanged'];
    if (about === caseId) client.setQueryData(keyOf(caseId), { items: present, citizenWrites });
  });
  return data;
}

/** Who else has the case before them now. */
export function useOthersPresent(caseId: string): readonly Present[] {
  const { me } = useSession();
  return useNowThere(caseId).items.filter(({ operator }) => operator.id !== me.id);
}

/** That the citizen is writing, where who answers looks; told politely, once for each time. */
export function CitizenWrites({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation();
  const { citizenWrites } = useNowThere(caseId);
  return (
    <span className="row" role="status">
      {citizenWrites && (
        <span className="badge" data-attention="citizen">
          <Icon name="pencil" />
          {t('case.citizenWrites')}
        </span>
      )}
    </span>
  );
}

/** Who else looks at the case, quietly; who writes in it, so that it is seen. */
export function Attention({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation();
  const others = useOthersPresent(caseId);
  const named = (doing: Present['doing']): readonly string[] =>
    others.filter(one => one.doing === doing).map(({ operator }) => operator.name);
  const viewing = named('viewing');
  const writing = named('writing');
  return (
    <span className="row" role="status">
      {viewing.length > 0 && (
        <span className="badge" data-attention="viewing">
          <Icon name="eye" />
          {t(viewing.length === 1 ? 'case.viewing' : 'case.viewing_many', { names: viewing.join(', ') })}
        </span>
      )}
      {writing.length > 0 && (
        <span className="badge warning" data-attention="writing">
          <Icon name="pencil" />
          {t(writing.length === 1 ? 'case.writing' : 'case.writing_many', { names: writing.join(', ') })}
        </span>
      )}
    </span>
  );
}
