import type { Part } from '@filodiretto/contracts';
import { given, instantOf, jsonOf, textOf, type Fact, type Json, type ReadMessage } from '@filodiretto/channel-kit';

/** Items of a page's feed in which somebody says something; the others (likes, our own posts) are only kept. */
const SAID = new Set(['comment', 'post', 'status', 'photo', 'video', 'share']);

/** The conversation of a person under a post: public. Without an author, the comment is its own conversation. */
const commentConversation = (post: string, person: string): string => `comment:${post}:${person}`.slice(0, 1_000);
/** The post of a conversation made by `commentConversation`; `undefined` for one in private. */
export const postOf = (conversation: string): string | undefined => /^comment:([^:]+):/.exec(conversation)?.[1];
/** The comment that an external id speaks of. */
export const commentIdOf = (externalId: string): string => externalId.split(':')[0] ?? externalId;

/** The facts of one change of a page: comments, visitors' posts, mentions. What the page itself wrote is none. */
export function commentFacts(page: string, change: Json, receivedAt: string): Fact[] {
  const field = textOf(change.field, 100) ?? '';
  const value = jsonOf(change.value);
  if (field === 'mention')
    return said(page, value, jsonOf({ id: value.sender_id, name: value.sender_name }), receivedAt);
  if (field !== 'feed') return [];
  const from = jsonOf(value.from);
  if (!SAID.has(textOf(value.item) ?? '') || textOf(from.id) === page) return [];
  return said(page, value, from, receivedAt);
}

function said(page: string, value: Json, from: Json, receivedAt: string): Fact[] {
  const id = textOf(value.comment_id, 500) ?? textOf(value.post_id, 500);
  if (id === undefined) return [];
  const verb = textOf(value.verb, 40) ?? 'add';
  const person = textOf(from.id, 400);
  const post = textOf(value.post_id, 400) ?? id;
  const parent = textOf(value.parent_id, 900);
  const base = {
    account: page,
    conversation: commentConversation(post, person ?? id),
    from: given({
      kind: 'facebook_user',
      value: person ?? `comment:${id}`,
      displayName: textOf(from.name, 300),
      verified: person !== undefined,
    }),
    author: 'contact' as const,
    sentAt: instantOf(value.created_time, receivedAt),
    flags: { public: true },
  } satisfies Partial<ReadMessage>;
  if (verb === 'add' || verb === 'unhide')
    return verb === 'add'
      ? [
          {
            message: given({
              ...base,
              externalId: id,
              content: contentOf(value),
              relation: parent && parent !== post ? { kind: 'reply' as const, to: parent } : undefined,
            }),
          },
        ]
      : [];
  const key = `${id}:${verb}:${textOf(value.created_time) ?? ''}:${textOf(value.message)?.length ?? 0}`;
  if (verb === 'edited' || verb === 'edit')
    return [{ message: { ...base, externalId: key, content: contentOf(value), relation: { kind: 'edit', to: id } } }];
  if (verb === 'remove' || verb === 'hide')
    return [
      {
        message: {
          ...base,
          externalId: key,
          content: [{ type: 'system', code: `comment_${verb === 'hide' ? 'hidden' : 'removed'}`, text: '' }],
          relation: { kind: 'delete', to: id },
        },
      },
    ];
  return [
    {
      message: {
        ...base,
        externalId: key,
        content: [{ type: 'unsupported', providerType: `comment ${verb}`.slice(0, 200) }],
      },
    },
  ];
}

function contentOf(value: Json): Part[] {
  const text = textOf(value.message, 60_000);
  const media = (['photo', 'video'] as const).flatMap((name): Part[] => {
    const source = textOf(value[name], 2_048) ?? (value.item === name ? textOf(value.link, 2_048) : undefined);
    const kind = name === 'photo' ? 'image' : 'video';
    return source ? [{ type: 'media', kind, mediaType: `${kind}/*`, fetch: 'pending', scan: 'pending', source }] : [];
  });
  const parts: Part[] = [...(text !== undefined ? [{ type: 'text' as const, text }] : []), ...media];
  return parts.length > 0 ? parts : [{ type: 'unsupported', providerType: textOf(value.item, 200) ?? 'comment' }];
}
