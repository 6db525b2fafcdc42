import type { Author, Capabilities, ChoicePart, Part, Visibility } from '@filodiretto/contracts';
import { refused, type Refused } from '../refused.js';

const HOUR_MS = 3_600_000;

/** What a channel would refuse for certain, said before anything is queued; `undefined` when it may go. */
export function whyNot(
  reply: { readonly content: readonly Part[]; readonly author: Author; readonly visibility: Visibility },
  capabilities: Capabilities,
  said: { readonly starts: boolean; readonly lastInboundAt: Date | null; readonly now: Date },
): Refused | undefined {
  if (said.starts ? !capabilities.initiate : !capabilities.reply)
    return refused('channel-cannot', said.starts ? 'One cannot write first here.' : 'One cannot answer here.');
  if (reply.visibility === 'public' && !capabilities.public)
    return refused('channel-cannot', 'Nothing is public on this channel.');
  return tooMuch(reply.content, capabilities) ?? windowClosed(reply, capabilities, said);
}

function tooMuch(content: readonly Part[], capabilities: Capabilities): Refused | undefined {
  const { text: limit, attachments, templates, dial, location } = capabilities;
  for (const part of content) {
    if (part.type === 'text' && !limit) return refused('channel-cannot', 'The channel carries no text.');
    if (part.type === 'template' && !templates) return refused('channel-cannot', 'The channel has no templates.');
    if (part.type === 'dial' && !dial) return refused('channel-cannot', 'The channel cannot call.');
    if (part.type === 'location' && !location) return refused('channel-cannot', 'The channel carries no places.');
  }
  const text = content.map(part => (part.type === 'text' ? part.text : '')).join('\n');
  const offered = content.filter(part => part.type === 'choice');
  if (offered.length > 0 && !carriesChoices(offered, text, capabilities))
    return refused('channel-cannot', 'The channel does not carry these choices.');
  // What one segment holds is the channel's to say: it refuses by itself.
  const length = limit?.unit === 'bytes' ? Buffer.byteLength(text) : [...text].length;
  if (limit && limit.unit !== 'segments' && length > limit.maxLength)
    return refused(
      'text-too-long',
      `The text has ${length} ${limit.unit ?? 'characters'}: at most ${limit.maxLength}.`,
    );
  const media = content.filter(part => part.type === 'media');
  if (media.length > (attachments?.max ?? 0))
    return refused('channel-cannot', `The channel carries at most ${attachments?.max ?? 0} attachments.`);
  const heavy = media.find(part => (part.blob?.size ?? 0) > (attachments?.maxBytes ?? 0));
  return heavy
    ? refused('too-large', `${heavy.filename ?? 'An attachment'} is larger than the channel accepts.`)
    : undefined;
}

/** Whether a channel shows answers to choose from under a question, as they are. */
export function carriesChoices(
  offered: readonly ChoicePart[],
  question: string,
  { choices, text }: Pick<Capabilities, 'choices' | 'text'>,
): boolean {
  if (!choices || !text) return false;
  return (
    offered.length <= choices.max &&
    offered.every(({ id, title }) => id.length <= choices.idMaxLength && title.length <= choices.titleMaxLength) &&
    question.length <= (choices.textMaxLength ?? text.maxLength)
  );
}

function windowClosed(
  { content, author }: { readonly content: readonly Part[]; readonly author: Author },
  { replyWindow }: Capabilities,
  { lastInboundAt, now }: { readonly lastInboundAt: Date | null; readonly now: Date },
): Refused | undefined {
  if (!replyWindow) return undefined;
  if (replyWindow.templateOutside && content.some(part => part.type === 'template')) return undefined;
  const hours = author === 'operator' ? (replyWindow.humanHours ?? replyWindow.hours) : replyWindow.hours;
  const open = lastInboundAt !== null && now.getTime() - lastInboundAt.getTime() <= hours * HOUR_MS;
  if (open) return undefined;
  const instead = replyWindow.templateOutside ? ' An approved template is still accepted.' : '';
  return refused('reply-window-closed', `The citizen's last message is older than ${hours} hours.${instead}`);
}
