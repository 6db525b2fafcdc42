import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { time } from '../i18n/format.js';
import { it } from '../i18n/it.js';
import { Button } from '../ui/button.js';
import { Icon, type IconName } from '../ui/icon.js';
import { useSeconds } from '../ui/now.js';
import { useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';

type Send = Schemas['SendView'];
type State = keyof typeof it.send;

const LOOK: Readonly<Record<State, readonly [IconName, string]>> = {
  queued: ['clock', ''],
  held: ['clock', 'info'],
  withdrawn: ['cross', ''],
  sending: ['clock', ''],
  accepted: ['check', ''],
  sent: ['check', ''],
  delivered: ['checks', 'success'],
  read: ['eye', 'success'],
  failed: ['alert', 'danger'],
  unknown: ['question', 'warning'],
};

const isState = (state: string): state is State => Object.hasOwn(LOOK, state);

interface SendProps {
  readonly message: Schemas['MessageView'];
  readonly send: Send;
  readonly caseId: string;
}

/** How far a message came, as far as anybody knows; and a new attempt where a person may order one. */
export function SendState({ message, send, caseId }: SendProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const state: State = isState(send.state) ? send.state : 'unknown';
  const [icon, kind] = LOOK[state];
  const at = send.readAt ?? send.deliveredAt ?? send.sentAt ?? send.acceptedAt ?? send.failedAt;
  const why = send.reason === undefined ? send.detail : t(`sendReason.${send.reason}`);
  const unknown = state === 'unknown';
  const retry = (): void => {
    taken(
      api.POST('/api/messages/{id}/attempts', {
        params: { path: { id: message.id } },
        body: unknown ? { mayArriveTwice: true } : {},
      }),
    )
      .then(() => client.invalidateQueries({ queryKey: ['case', caseId] }))
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }));
  };
  if (state === 'queued' && send.heldUntil !== undefined && new Date(send.heldUntil).getTime() > Date.now())
    return <Held until={send.heldUntil} />;
  return (
    <>
      <span className={`badge ${kind}`} data-send={state}>
        <Icon name={icon} />
        {t(`send.${state}`)}
        {at !== undefined && ` ${time(at)}`}
      </span>
      {why !== undefined && (state === 'failed' || unknown) && <span className="error">{why}</span>}
      {send.mayRetry && (
        <Button kind="quiet" onPress={retry}>
          {t(unknown ? 'message.retryUnknown' : 'message.retry')}
        </Button>
      )}
    </>
  );
}

/** Held for a moment, in which it can be taken back. */
function Held({ until }: { readonly until: string }) {
  const { t } = useTranslation();
  const now = useSeconds();
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - now) / 1_000));
  return (
    <span className="badge info" data-send="held">
      <Icon name="clock" />
      {t('send.held')} · {t('message.leavesIn', { seconds })}
    </span>
  );
}
