import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { channelsQuery } from '../api/queries.js';
import { dateTime, time } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Part } from './part.js';
import { SendState } from './send-state.js';

type MessageView = Schemas['MessageView'];

interface MessageProps {
  readonly message: MessageView;
  readonly caseId: string;
  /** What whoever wrote it from outside is called. */
  readonly writer: string;
  /** How its channel calls itself. */
  readonly channel: string;
}

/** How a channel calls itself. */
export function useChannelName(): (channel: string | undefined) => string {
  const { data } = useQuery(channelsQuery);
  return channel => data?.items.find(({ manifest }) => manifest.id === channel)?.manifest.name ?? channel ?? '';
}

/** One thing that was said: by whom, where, in which words, and how far it came when it went out. */
export const Message = memo(function Message({ message, caseId, writer, channel }: MessageProps) {
  const { t } = useTranslation();
  const out = message.direction === 'out';
  const name = useAuthor(message, writer);
  const call = message.content.find(part => part.type === 'call');
  const rich = message.content.find(part => part.type === 'html');
  const plain = message.content.some(part => part.type === 'text');
  // Words and rich text say the same: the rich one is shown when somebody asks.
  const [asRich, setAsRich] = useState(!plain);
  const parts = message.content.filter(part => (asRich ? part.type !== 'text' : part.type !== 'html' || !plain));
  return (
    <article
      className={`said ${out ? 'out' : 'in'} ${message.visibility === 'internal' || message.letter ? 'between' : ''}`}
      aria-label={t(out ? 'message.to' : 'message.from', { name })}
    >
      <header className="row wrap small">
        <Icon name={call ? 'phone' : out ? 'reply' : 'person'} />
        <strong>{name}</strong>
        <span className="badge">{channel}</span>
        <Flags message={message} />
        <time className="soft" dateTime={message.sentAt} title={dateTime(message.sentAt)}>
          {time(message.sentAt)}
        </time>
        {message.send && <SendState message={message} send={message.send} caseId={caseId} />}
      </header>
      {message.subject !== undefined && <p className="title">{message.subject}</p>}
      {message.relation && message.relation.kind !== 'reply' && (
        <p className="soft small">{t(`message.${message.relation.kind}`)}</p>
      )}
      {parts.map((part, index) => (
        <Part key={index} part={part} message={message} name={name} />
      ))}
      {(rich && plain) || message.original !== undefined ? (
        <footer className="row small no-print">
          {rich && plain && (
            <Button kind="quiet" icon="file" pressed={asRich} onPress={() => setAsRich(!asRich)}>
              {t('message.richText', { name })}
            </Button>
          )}
          {message.original !== undefined && (
            <a href={message.original} download>
              {t('message.original')}
            </a>
          )}
        </footer>
      ) : null}
    </article>
  );
});

function useAuthor(message: MessageView, writer: string): string {
  const { t } = useTranslation();
  switch (message.author) {
    case 'operator':
      return message.operator?.name ?? t('actor.operator');
    case 'automation':
      return t('message.automatic');
    case 'office':
      return (
        message.letter?.office?.name ?? message.letter?.operator?.name ?? message.letter?.name ?? t('message.office')
      );
    case 'external_app':
      return t('message.outside');
    case 'contact':
      return writer;
  }
}

function Flags({ message }: { readonly message: MessageView }) {
  const { t } = useTranslation();
  const { flags, evidence, visibility } = message;
  return (
    <>
      {visibility === 'public' && (
        <span className="badge warning" title={t('message.publicHint')}>
          <Icon name="globe" />
          {t('message.public')}
        </span>
      )}
      {visibility === 'internal' && <span className="badge">{t('message.internal')}</span>}
      {flags?.automatic !== undefined && <span className="badge">{t('message.machine')}</span>}
      {flags?.unauthenticated && <span className="badge warning">{t('message.unauthenticated')}</span>}
      {flags?.doubtful !== undefined && <span className="badge warning">{t('message.doubtful')}</span>}
      {flags?.incomplete && <span className="badge warning">{t('message.incomplete')}</span>}
      {evidence?.stranger && <span className="badge warning">{t('message.stranger')}</span>}
    </>
  );
}
