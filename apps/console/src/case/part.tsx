import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { choiceWords, stepWords } from '../call/choice.js';
import { bytes, clock, time } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';

type MessageView = Schemas['MessageView'];
type Content = MessageView['content'][number];
type Of<Type extends Content['type']> = Extract<Content, { readonly type: Type }>;

interface PartProps {
  readonly part: Content;
  readonly message: MessageView;
  /** Who wrote. */
  readonly name: string;
}

/** A part of what was said. */
export function Part({ part, message, name }: PartProps) {
  const { t } = useTranslation();
  switch (part.type) {
    case 'text':
      return <TextPart part={part} />;
    case 'html':
      return <RichText message={message} part={part} name={name} />;
    case 'media':
      return <Media part={part} />;
    case 'location':
      return (
        <p className="row">
          <Icon name="pin" />
          {part.name ?? part.address ?? t('message.place')}
          <span className="mono soft">
            {part.latitude.toFixed(5)}, {part.longitude.toFixed(5)}
          </span>
        </p>
      );
    case 'card':
      return (
        <p>
          {t('message.card')}: <strong>{part.name}</strong> {[...part.phones, ...part.emails].join(', ')}
        </p>
      );
    case 'choice':
      return (
        <p>
          {t('message.choice')}: <strong>{part.title}</strong>
        </p>
      );
    case 'form':
      return <Form part={part} />;
    case 'call':
      return <Call part={part} />;
    case 'template':
      return (
        <p>
          {t('message.template', { name: part.name })} {part.parameters.join(' · ')}
        </p>
      );
    case 'calendar':
      return (
        <p className="row">
          <Icon name="clock" />
          {t('message.calendar')}: <a href={part.href}>{part.summary}</a>
        </p>
      );
    case 'dial':
      return <p>{t('message.dial')}</p>;
    case 'system':
      return <p className="soft">{part.text}</p>;
    case 'unsupported':
      return <p className="soft">{t('message.unsupported', { type: part.providerType })}</p>;
  }
}

function TextPart({ part }: { readonly part: Of<'text'> }) {
  const { t } = useTranslation();
  const [quoted, setQuoted] = useState(false);
  const hasQuotes = part.visible !== undefined && part.visible.trim() !== part.text.trim();
  return (
    <>
      <p className="words">{hasQuotes && !quoted ? part.visible : part.text}</p>
      {hasQuotes && (
        <Button kind="quiet" className="small no-print" expanded={quoted} onPress={() => setQuoted(!quoted)}>
          {t(quoted ? 'message.unquoted' : 'message.quoted')}
        </Button>
      )}
      {part.href !== undefined && (
        <a className="small" href={part.href}>
          {t('message.whole')}
        </a>
      )}
    </>
  );
}

interface RichProps {
  readonly part: Of<'html'>;
  readonly message: MessageView;
  readonly name: string;
}

/** Rich text is a document of its own, which can do nothing; what it would fetch from elsewhere is fetched only when somebody asks. */
function RichText({ part, name }: RichProps) {
  const { t } = useTranslation();
  const [images, setImages] = useState(false);
  return (
    <div className="rich">
      <iframe
        title={t('message.richText', { name })}
        src={images ? `${part.href}?remote=allow` : part.href}
        sandbox=""
        loading="lazy"
        referrerPolicy="no-referrer"
      />
      {!images && (
        <Button kind="quiet" className="small no-print" onPress={() => setImages(true)}>
          {t('message.images')} <span className="soft">{t('message.imagesHint')}</span>
        </Button>
      )}
    </div>
  );
}

function Media({ part }: { readonly part: Of<'media'> }) {
  const { t } = useTranslation();
  const name = part.filename ?? part.kind;
  const blocked = part.scan === 'infected' || part.href === undefined;
  if (blocked)
    return (
      <p className="row soft">
        <Icon name="clip" />
        {name}: {t(part.scan === 'infected' ? 'message.infected' : 'message.notFetched')}
      </p>
    );
  return (
    <figure className="media">
      {part.kind === 'image' || part.kind === 'sticker' ? (
        <a href={part.href} target="_blank" rel="noreferrer">
          <img src={part.href} alt={part.caption ?? t('message.attachment', { name })} loading="lazy" />
        </a>
      ) : part.kind === 'audio' || part.kind === 'voice' ? (
        <audio controls src={part.href} aria-label={t('message.attachment', { name })} />
      ) : null}
      <figcaption className="row small">
        <Icon name="clip" />
        <a href={part.href} download={part.filename ?? true}>
          {name}
        </a>
        {part.size !== undefined && <span className="soft">{bytes(part.size)}</span>}
        {part.scan === 'pending' && <span className="soft">{t('message.scanning')}</span>}
        {part.caption !== undefined && <span>{part.caption}</span>}
      </figcaption>
    </figure>
  );
}

/** What was filled in, field by field, in words. */
const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value ?? '');
};

function Form({ part }: { readonly part: Of<'form'> }) {
  const { t } = useTranslation();
  return (
    <div>
      <p className="soft small">
        {t('message.form')} {part.form}
      </p>
      <dl className="pairs small">
        {Object.entries(part.fields).map(([field, value]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{shown(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const secondsBetween = (from: string, to: string): number =>
  (new Date(to).getTime() - new Date(from).getTime()) / 1_000;

/** A call: when it rang, was answered and ended, and the road through the menus. */
function Call({ part }: { readonly part: Of<'call'> }) {
  const { t } = useTranslation();
  return (
    <div className="call">
      <p className="row wrap">
        <strong>{t(part.direction === 'in' ? 'call.in' : 'call.out')}</strong>
        {part.ending !== undefined && <span className="badge">{t(`call.${part.ending}`)}</span>}
        <span className="small soft">{t('call.rang', { time: time(part.arrivedAt) })}</span>
        {part.answeredAt !== undefined && (
          <span className="small soft">{t('call.answered', { time: time(part.answeredAt) })}</span>
        )}
        {part.answeredAt !== undefined && part.endedAt !== undefined && (
          <span className="small soft">
            {t('call.lasted', { length: clock(secondsBetween(part.answeredAt, part.endedAt)) })}
          </span>
        )}
      </p>
      {part.steps.length > 0 && (
        <ol className="steps small" aria-label={t('call.steps')}>
          {part.steps.map(({ step, at, choice }) => (
            <li key={`${step} ${at}`}>
              <time dateTime={at}>{time(at)}</time> {stepWords(t, step)}
              {choice !== undefined && <strong> {choiceWords(t, choice)}</strong>}
            </li>
          ))}
        </ol>
      )}
      {part.transcription !== undefined && (
        <p className="words">
          <span className="soft small">{t('call.transcription')}: </span>
          {part.transcription}
        </p>
      )}
    </div>
  );
}
