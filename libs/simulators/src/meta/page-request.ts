import { exactlyOne, flag, isJson, list, object, oneOf, text, type Check, type Json } from './checks.js';
import { invalid } from './graph-error.js';
import { PAGE } from './limits.js';

const attachment: Check = (value, path) => {
  object({
    type: oneOf('image', 'audio', 'video', 'file'),
    payload: object({ 'url?': text(2_000), 'attachment_id?': text(100), 'is_reusable?': flag }),
  })(value, path);
  exactlyOne((value as { payload: Json }).payload, `${path}.payload`, 'url', 'attachment_id');
};
const quickReply = object({
  content_type: oneOf('text', 'user_phone_number', 'user_email'),
  'title?': text(PAGE.quickReplyTitle),
  'payload?': text(PAGE.quickReplyPayload),
});
const message: Check = (value, path) => {
  object({
    'text?': text(PAGE.text),
    'attachment?': attachment,
    'quick_replies?': list(quickReply, 1, PAGE.quickReplies),
    'metadata?': text(PAGE.metadata),
  })(value, path);
  exactlyOne(value as Json, path, 'text', 'attachment');
};
const recipient: Check = (value, path) => {
  object({ 'id?': text(100), 'comment_id?': text(200), 'post_id?': text(200), 'user_ref?': text(200) })(value, path);
  exactlyOne(value as Json, path, 'id', 'comment_id', 'post_id', 'user_ref');
};

/** Checks `POST /{page-id}/messages` as strictly as the provider could; throws its error. */
export function checkPageMessage(request: unknown): Json {
  if (!isJson(request)) throw invalid('The body must be a JSON object');
  if (request.sender_action !== undefined) {
    object({ recipient, sender_action: oneOf('MARK_SEEN', 'TYPING_ON', 'TYPING_OFF') })(request, '');
    return request;
  }
  object({
    recipient,
    messaging_type: oneOf('RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'),
    'tag?': oneOf('HUMAN_AGENT'),
    message,
    'reply_to?': object({ mid: text(1_000) }),
  })(request, '');
  if ((request.messaging_type === 'MESSAGE_TAG') !== (request.tag !== undefined))
    throw invalid('The parameter tag is required with, and only with, messaging_type MESSAGE_TAG');
  return request;
}

/** Checks `POST /{comment-id}/comments`. */
export const checkComment: Check = object({ message: text(PAGE.comment) });
/** Checks `POST /{comment-id}`. */
export const checkHide: Check = object({ is_hidden: flag });
