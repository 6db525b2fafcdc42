import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, Refusal, taken, versionTag, type Schemas } from '../api/client.js';
import { caseQuery, channelsQuery } from '../api/queries.js';
import { usePersonName } from '../case/person-name.js';
import { dateTime, distance } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Select, TextInput } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { useNow } from '../ui/now.js';
import { Problem } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import { Approved } from './approved.js';
import { Attachments } from './attachments.js';
import { DraftState, SaidElsewhere, WrittenElsewhere } from './draft-state.js';
import { isOfAnotherScreen, useDraft } from './draft.js';
import { PersonalData } from './personal-data.js';
import { lengthIn, namesOf, possibleIn, toChooseFrom, withCitizen, type Possible } from './possible.js';
import { useSent } from './sent.js';
import { TemplateList, useTemplates } from './templates.js';

interface ReplyFormProps {
  readonly view: Schemas['CaseView'];
  readonly onWriting: (writing: boolean) => void;
}

/** Answers the citizen, in one of the conversations of the case, as its channel allows. */
export function ReplyForm({ view, onWriting }: ReplyFormProps) {
  const { t } = useTranslation();
  const channels = useQuery(channelsQuery);
  const here = useDraft(view, 'reply');
  const { draft, change } = here;
  const conversations = toChooseFrom(withCitizen(view.conversations), draft.conversation);
  const chosen = conversations.find(({ id }) => id === draft.conversation) ?? conversations[0];
  if (!channels.data) return null;
  if (!chosen) return <p className="notice composer-none">{t('composer.noConversation')}</p>;
  const possible = possibleIn(chosen, channels.data.items);
  return (
    <div className="composer-form">
      {conversations.length > 1 && (
        <Select
          label={t('composer.conversation')}
          value={chosen.id}
          options={namesOf(conversations, channels.data.items)}
          onChange={conversation => change({ conversation })}
        />
      )}
      <Where possible={possible} />
      {possible.free ? (
        <FreeReply key={chosen.id} view={view} possible={possible} here={here} onWriting={onWriting} />
      ) : possible.approved ? (
        <Approved view={view} conversation={chosen.id} />
      ) : null}
    </div>
  );
}

const SOON_MS = 3 * 3_600_000;

/** Where the reply goes, until when, and what to do instead when it cannot. */
function Where({ possible }: { readonly possible: Possible }) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const now = useNow();
  const { conversation, name, can, because } = possible;
  if (because !== undefined)
    return (
      <div className="notice warning">
        <Icon name="alert" />
        <div>
          <strong>{t('composer.cannot')}</strong>
          <p className="small">
            {t(
              because === 'reply-window-closed' || because === 'no-reply-address' || because === 'processing-restricted'
                ? `problem.${because}`
                : 'problem.channel-cannot',
            )}
          </p>
        </div>
      </div>
    );
  const { instead, replyUntil, address } = conversation;
  const soon = replyUntil !== undefined && new Date(replyUntil).getTime() - now < SOON_MS;
  return (
    <p className="small soft">
      {instead
        ? t('composer.instead', { channel: name, address: instead.address.value })
        : t('composer.to', { name: personName({ addresses: [address] }), channel: name })}
      {can.dial === true && ` · ${t('composer.written')}`}
      {replyUntil !== undefined && (
        <span className={soon ? 'until near' : ''}>
          {' · '}
          {soon
            ? t('composer.windowSoon', { when: distance(replyUntil, now) })
            : t('composer.window', { until: dateTime(replyUntil) })}
        </span>
      )}
    </p>
  );
}

/** Shows what was sent at once; the story is read again behind it. */
function shown(client: QueryClient, caseId: string, message: Schemas['MessageView']): void {
  client.setQueryData(
    caseQuery(caseId).queryKey,
    view =>
      view &&
      (view.timeline.some(entry => entry.message?.id === message.id)
        ? view
        : {
            ...view,
            timeline: [...view.timeline, { type: 'message' as const, at: message.receivedAt, message }],
          }),
  );
  void client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
}

interface FreeReplyProps extends ReplyFormProps {
  readonly possible: Possible;
  readonly here: ReturnType<typeof useDraft>;
}

function FreeReply({ view, possible, here, onWriting }: FreeReplyProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = useId();
  const { draft, ready, said, theirs, change, keeper } = here;
  const undecided = said || theirs !== undefined;
  const { can, conversation, channel } = possible;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const [asked, setAsked] = useState<Refusal>();
  const area = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const sent = useSent(view.id, keeper);
  const used = lengthIn(draft.text, can.text?.unit);
  const max = can.text?.maxLength;
  const over = max === undefined ? 0 : Math.max(0, used - max);
  const [loading, setLoading] = useState(false);
  const waiting = loading || draft.attachments.some(({ scan }) => scan === 'infected');
  const missing = draft.text.trim() === '' && draft.attachments.length === 0;
  const blocked = waiting ? t('composer.waitsForFiles') : missing ? t('composer.nothingWritten') : undefined;
  const visibility = draft.visibility ?? (can.public === true ? publicWas(view, conversation.id) : undefined);
  const write = (part: Parameters<typeof change>[0]): void => {
    if (!ready || busy) return;
    change(part);
    if (part.text !== undefined) onWriting(part.text !== '');
  };
  const templates = useTemplates({
    text: draft.text,
    caseId: view.id,
    channel,
    onFilled: text => {
      write({ text });
      area.current?.focus();
    },
    onFault: setFault,
  });
  const send = async (confirm?: string): Promise<void> => {
    if (missing || busy || undecided || over > 0 || waiting) return;
    setBusy(true);
    setFault(undefined);
    const body = {
      conversation: conversation.id,
      ...(draft.text.trim() === '' ? {} : { text: draft.text }),
      ...(draft.attachments.length > 0 ? { attachments: draft.attachments.map(file => file.id) } : {}),
      ...(can.subject === true && draft.subject.trim() !== '' ? { subject: draft.subject.trim() } : {}),
      ...(visibility === undefined ? {} : { visibility }),
      ...(confirm === undefined ? {} : { confirm }),
      ...sent.asking,
    };
    try {
      const { message, again } = await keeper.say(async ({ key, version }) => {
        const answer = api.POST('/api/cases/{id}/replies', {
          params: { path: { id: view.id }, header: { 'Idempotency-Key': key, 'If-Match': versionTag(version) } },
          body,
        });
        const sentNow = await taken(answer);
        return { message: sentNow, again: (await answer).response.headers.has('idempotency-replayed') };
      });
      setAsked(undefined);
      onWriting(false);
      if (again) toast(t('composer.saidElsewhere'));
      else sent.tell(message, draft);
      shown(client, view.id, message);
    } catch (refused) {
      if (refused instanceof Refusal && refused.problem === 'personal-data') setAsked(refused);
      // What another screen said or saved is told where one decides about it.
      else if (!isOfAnotherScreen(refused)) setFault(refused);
    } finally {
      setBusy(false);
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    if (templates.pressed(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
  };
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={pressed}
      className="composer-form"
    >
      {can.subject === true && (
        <TextInput
          label={t('composer.subject')}
          optional
          value={draft.subject}
          onChange={subject => write({ subject })}
        />
      )}
      {can.public === true && visibility !== undefined && (
        <Select
          label={t('composer.visibility')}
          value={visibility}
          options={[
            ['parties', t('composer.parties')],
            ['public', t('composer.public')],
          ]}
          onChange={chosen => write({ visibility: chosen })}
        />
      )}
      <div className="composer-text">
        <label htmlFor={id} className="hidden">
          {t('composer.text')}
        </label>
        <textarea
          id={id}
          ref={area}
          className="input"
          rows={3}
          value={draft.text}
          readOnly={!ready || busy}
          placeholder={t('composer.placeholder')}
          aria-invalid={over > 0 || undefined}
          aria-describedby={`${id}-length`}
          aria-controls={templates.open ? templates.listId : undefined}
          aria-activedescendant={templates.open ? templates.activeId : undefined}
          onChange={event => write({ text: event.target.value })}
          onBlur={() => onWriting(false)}
        />
        <TemplateList templates={templates} />
      </div>
      {said && <SaidElsewhere keeper={keeper} />}
      {theirs && <WrittenElsewhere mine={draft} theirs={theirs} keeper={keeper} />}
      {fault !== undefined && <Problem fault={fault} />}
      <div className="row wrap">
        {can.attachments && (
          <Attachments
            files={draft.attachments}
            can={can}
            disabled={!ready || busy}
            onChange={attachments => write({ attachments })}
            onLoading={setLoading}
          />
        )}
        <Button
          kind="quiet"
          icon="file"
          onPress={() => {
            write({ text: '/' });
            area.current?.focus();
          }}
          disabled={draft.text !== '' || !ready || busy}
        >
          {t('composer.templates')}
        </Button>
        <span id={`${id}-length`} className={over > 0 ? 'error' : 'small soft'}>
          {over > 0
            ? t('composer.tooLong', { over })
            : max !== undefined && used > max / 2
              ? `${t('composer.length', { used, max })} ${t(`composer.unit_${can.text?.unit ?? 'characters'}`)}`
              : ''}
        </span>
        <span className="grow" />
        <DraftState now={here} version={view.version} />
        {blocked !== undefined && (
          <span id={`${id}-blocked`} className="hidden">
            {blocked}
          </span>
        )}
        <Button
          kind="primary"
          submit
          icon="send"
          shortcut="Ctrl ⏎"
          disabled={missing || busy || undecided || over > 0 || waiting}
          describedBy={blocked === undefined ? undefined : `${id}-blocked`}
        >
          {busy ? t('composer.sending') : t('composer.send')}
        </Button>
      </div>
      {asked && (
        <PersonalData
          refusal={asked}
          onBack={() => setAsked(undefined)}
          onConfirm={why => {
            void send(why);
          }}
        />
      )}
    </form>
  );
}

/** Where the last message of the conversation was seen: a reply goes there unless somebody decides. */
function publicWas(view: Schemas['CaseView'], conversation: string): 'public' | 'parties' {
  const last = view.timeline.findLast(
    ({ message }) => message?.conversation === conversation && message.direction === 'in',
  );
  return last?.message?.visibility === 'public' ? 'public' : 'parties';
}
