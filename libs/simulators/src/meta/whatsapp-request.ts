import { exactlyOne, flag, isJson, list, number, object, oneOf, text, type Check, type Json } from './checks.js';
import { invalid } from './graph-error.js';
import { WHATSAPP } from './limits.js';

const media =
  (captioned: boolean, named: boolean): Check =>
  (value, path) => {
    object({
      'id?': text(200),
      'link?': text(2_000),
      ...(captioned ? { 'caption?': text(WHATSAPP.caption) } : {}),
      ...(named ? { 'filename?': text(240) } : {}),
    })(value, path);
    exactlyOne(value as Json, path, 'id', 'link');
  };

const button = object({
  type: oneOf('reply'),
  reply: object({ id: text(WHATSAPP.buttonId), title: text(WHATSAPP.buttonTitle) }),
});
const row = object({
  id: text(WHATSAPP.rowId),
  title: text(WHATSAPP.rowTitle),
  'description?': text(WHATSAPP.rowDescription),
});
const body = object({ text: text(WHATSAPP.interactiveBody) });
const INTERACTIVE: Readonly<Record<string, Check>> = {
  button: object({
    type: oneOf('button'),
    body,
    action: object({ buttons: list(button, 1, WHATSAPP.buttons) }),
  }),
  list: object({
    type: oneOf('list'),
    body,
    action: object({
      button: text(WHATSAPP.listButton),
      sections: list(object({ 'title?': text(24), rows: list(row, 1, WHATSAPP.rows) }), 1, 10),
    }),
  }),
};

const BODIES: Readonly<Record<string, Check>> = {
  text: object({ body: text(WHATSAPP.text), 'preview_url?': flag }),
  image: media(true, false),
  video: media(true, false),
  audio: media(false, false),
  sticker: media(false, false),
  document: media(true, true),
  location: object({
    latitude: number(-90, 90),
    longitude: number(-180, 180),
    'name?': text(1_000),
    'address?': text(1_000),
  }),
  contacts: list(
    object({
      name: object({ formatted_name: text(1_000), 'first_name?': text(1_000), 'last_name?': text(1_000) }),
      'phones?': list(object({ phone: text(64), 'type?': text(20), 'wa_id?': text(20) }), 0, 20),
      'emails?': list(object({ email: text(320), 'type?': text(20) }), 0, 20),
    }),
    1,
    10,
  ),
  interactive: (value, path) => {
    const check = isJson(value) && typeof value.type === 'string' ? INTERACTIVE[value.type] : undefined;
    if (!check) throw invalid(`Param ${path}.type must be one of {button, list}`);
    check(value, path);
  },
  template: object({
    name: text(512),
    language: object({ code: text(20), 'policy?': oneOf('deterministic') }),
    'components?': list(
      object({
        type: oneOf('body', 'header'),
        parameters: list(object({ type: oneOf('text'), text: text(1_024) }), 1, 50),
      }),
      0,
      3,
    ),
  }),
  reaction: object({ message_id: text(1_000), emoji: text(20, 0) }),
};

/** Checks a message as strictly as the provider could; throws its error. Gives the type. */
export function checkMessage(request: unknown): { request: Json; type: string } {
  if (!isJson(request)) throw invalid('The body must be a JSON object');
  const type = request.type ?? 'text';
  const check = typeof type === 'string' ? BODIES[type] : undefined;
  if (typeof type !== 'string' || !check)
    throw invalid(`Param type must be one of {${Object.keys(BODIES).join(', ')}}`);
  object({
    messaging_product: oneOf('whatsapp'),
    'recipient_type?': oneOf('individual', 'group'),
    'to?': text(200),
    'recipient?': text(200),
    'type?': text(20),
    [type]: check,
    'context?': object({ message_id: text(1_000) }),
    'biz_opaque_callback_data?': text(WHATSAPP.opaque),
  })(request, '');
  exactlyOne(request, 'body', 'to', 'recipient');
  return { request, type };
}

/** Checks the request that marks a message as read, with its typing indicator. */
export const checkRead: Check = object({
  messaging_product: oneOf('whatsapp'),
  status: oneOf('read'),
  message_id: text(1_000),
  'typing_indicator?': object({ type: oneOf('text') }),
});
