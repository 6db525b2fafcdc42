import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isSameText, type Keys } from '@filodiretto/channel-kit';

const SHAPE = /^([\w-]{43})\.([\w-]{43})$/;
const CONVERSATION = /^[0-9a-f]{40}$/;

/** A token for one conversation, under the first key: only the browser that it was given to keeps it. */
export function newToken([key]: Keys): string {
  const secret = randomBytes(32).toString('base64url');
  return `${secret}.${markOf(key, secret)}`;
}

/** The conversation of a token; nothing when we did not give it under any of the keys. */
export function conversationOf(keys: Keys, token: string): string | undefined {
  const [, secret, mark] = SHAPE.exec(token) ?? [];
  if (secret === undefined || mark === undefined) return undefined;
  if (!keys.some(key => isSameText(mark, markOf(key, secret)))) return undefined;
  // Known to the whole house, and of no use to come into the conversation.
  return createHash('sha256').update(`conversation\n${secret}`).digest('hex').slice(0, 40);
}

/** Whether a name may be that of a conversation of the chat. */
export const isConversation = (name: string): boolean => CONVERSATION.test(name);

const markOf = (key: string, secret: string): string =>
  createHmac('sha256', key).update(`chat\n${secret}`).digest('base64url');
