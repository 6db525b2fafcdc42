import { createHash } from 'node:crypto';
import { isFinal, type CallRecord } from './call.js';
import { rfc2822, type CallOrder, type Exchange } from './exchange.js';
import type { PhoneFaults } from './faults.js';
import type { Messages, TextMessage } from './messages.js';
import { soundOf } from './recordings.js';
import { RestError } from './rest-error.js';
import { parseTwiml, type Method, type Target } from './twiml.js';

/** A request to the REST API, its credentials not yet looked at. */
export interface RestRequest {
  readonly method: string;
  /** Below `/2010-04-01/Accounts/{sid}/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly authorization: string;
}
export interface RestAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly mediaType?: string;
  /** Carried out, but nobody is told. */
  readonly silent?: true;
}

const CALL_PARAMETERS =
  'To From Url Method Twiml FallbackUrl FallbackMethod StatusCallback StatusCallbackMethod StatusCallbackEvent Timeout TimeLimit Record MachineDetection AsyncAmd CallerId'.split(
    ' ',
  );
const UPDATE_PARAMETERS = ['Url', 'Method', 'Twiml', 'Status', 'FallbackUrl', 'StatusCallback'];
const MESSAGE_PARAMETERS =
  'To From MessagingServiceSid Body MediaUrl StatusCallback ValidityPeriod SmartEncoded ProvideFeedback'.split(' ');
const PAGE = 50;
const LISTS = { calls: 'Calls', messages: 'Messages', incoming_phone_numbers: 'IncomingPhoneNumbers' } as const;

/** The REST API: what the SDK calls. */
export class RestApi {
  constructor(
    private readonly account: {
      readonly sid: string;
      readonly tokens: readonly string[];
      /** Those that call. */
      readonly callers: readonly string[];
      /** All that are its own. */
      readonly numbers: readonly string[];
    },
    private readonly exchange: Exchange,
    private readonly messages: Messages,
    private readonly faults: PhoneFaults,
  ) {}

  /** Throws `RestError`. */
  answer(accountSid: string, request: RestRequest): RestAnswer {
    if (!this.isOurs(request.authorization)) throw new RestError(401, 20003, 'Authenticate');
    if (accountSid !== this.account.sid) throw notFound(`Accounts/${accountSid}`);
    const [noun = '', sid = '', part = '', partSid = ''] = request.path.replace(/\.json$/, '').split('/');
    const on = noun === 'Calls' ? 'calls' : noun === 'Messages' && part === '' ? 'messages' : 'media';
    this.faults.refuse(on);
    const answer = this.carriedOut(request, noun, sid, part, partSid);
    const fault = this.faults.afterwards(on);
    if (fault === 'no_answer') return { ...answer, silent: true };
    return fault === 'bad_gateway'
      ? { status: 502, bytes: Buffer.from('<html>bad gateway</html>'), mediaType: 'text/html' }
      : answer;
  }

  private isOurs(authorization: string): boolean {
    const [user, ...token] = Buffer.from(authorization.replace(/^Basic /i, ''), 'base64')
      .toString()
      .split(':');
    return user === this.account.sid && this.account.tokens.includes(token.join(':'));
  }

  private carriedOut(request: RestRequest, noun: string, sid: string, part: string, partSid: string): RestAnswer {
    const { method, query, form } = request;
    switch (`${method} ${noun}${sid === '' ? '' : '/*'}${part === '' ? '' : `/${part}`}${partSid === '' ? '' : '/*'}`) {
      case 'POST Calls':
        return { status: 201, json: this.callJson(this.exchange.create(this.callOrder(form))) };
      case 'GET Calls':
        return this.page(
          'calls',
          this.callsMatching(query).map(one => this.callJson(one)),
          query,
        );
      case 'GET Calls/*':
        return { status: 200, json: this.callJson(this.call(sid)) };
      case 'POST Calls/*':
        return { status: 200, json: this.callJson(this.updated(this.call(sid), form)) };
      case 'POST Messages':
        return { status: 201, json: this.messageJson(this.sent(form)) };
      case 'GET Messages':
        return this.page(
          'messages',
          this.messagesMatching(query).map(one => this.messageJson(one)),
          query,
        );
      case 'GET Messages/*':
        return { status: 200, json: this.messageJson(this.message(sid)) };
      case 'GET Messages/*/Media/*': {
        const media = this.message(sid).media.find(one => one.sid === partSid);
        if (!media) throw notFound(request.path);
        return { status: 200, bytes: media.bytes, mediaType: media.mediaType };
      }
      case 'GET IncomingPhoneNumbers':
        return this.page(
          'incoming_phone_numbers',
          this.account.numbers
            .filter(number => equals(query, 'PhoneNumber', number))
            .map(number => this.numberJson(number)),
          query,
        );
      case 'GET Recordings/*':
        return this.recording(request.path, sid);
      case 'DELETE Recordings/*':
        if (!this.exchange.recordings.remove(sid)) throw notFound(request.path);
        return { status: 204 };
      default:
        throw notFound(request.path);
    }
  }

  private numberJson(number: string): object {
    return {
      sid: `PN${createHash('md5').update(number).digest('hex')}`,
      account_sid: this.account.sid,
      phone_number: number,
      friendly_name: `Linea ${number}`,
      capabilities: { voice: true, sms: true, mms: false, fax: false },
      status: 'in-use',
    };
  }

  private callOrder(form: URLSearchParams): CallOrder {
    refuseStrangers(form, CALL_PARAMETERS);
    const to = form.get('To') ?? '';
    const from = form.get('From') ?? '';
    if (to === '') throw new RestError(400, 21201, "No 'To' number is specified");
    if (!/^\+[1-9]\d{3,14}$/.test(to))
      throw new RestError(400, 21211, `The phone number you are attempting to call, ${to}, is not valid.`);
    if (from === '') throw new RestError(400, 21213, "No 'From' number is specified");
    if (!this.account.callers.includes(from))
      throw new RestError(
        400,
        21210,
        `The source phone number provided, ${from}, is not yet verified for your account.`,
      );
    const url = form.get('Url');
    const twiml = form.get('Twiml');
    if (!url && !twiml) throw new RestError(400, 21205, 'Url parameter is required.');
    const timeout = Number(form.get('Timeout') ?? 60);
    if (!Number.isInteger(timeout) || timeout < 1 || timeout > 600)
      throw new RestError(400, 20001, 'Timeout is not valid');
    const status = form.get('StatusCallback');
    const fallback = form.get('FallbackUrl');
    const events = form.getAll('StatusCallbackEvent').flatMap(one => one.split(' '));
    const stranger = events.find(event => !['initiated', 'ringing', 'answered', 'completed'].includes(event));
    if (stranger) throw new RestError(400, 21626, `Invalid statusCallbackEvents: ${stranger}`);
    return {
      to,
      from,
      document: url
        ? { url: addressed(url, 21205), method: methodIn(form, 'Method') }
        : { verbs: twimlIn(twiml ?? ''), base: 'http://twiml.invalid/' },
      ...(status
        ? {
            statusTo: {
              url: addressed(status, 21609),
              method: methodIn(form, 'StatusCallbackMethod'),
              events: events.length > 0 ? events : ['completed'],
            },
          }
        : {}),
      ...(fallback ? { fallback: { url: addressed(fallback, 21205), method: methodIn(form, 'FallbackMethod') } } : {}),
      timeoutSeconds: timeout,
    };
  }

  private updated(record: CallRecord, form: URLSearchParams): CallRecord {
    refuseStrangers(form, UPDATE_PARAMETERS);
    const status = form.get('Status');
    const url = form.get('Url');
    if (status !== null && status !== 'canceled' && status !== 'completed')
      throw new RestError(400, 20001, `Status ${status} is not valid`);
    if (isFinal(record.status)) throw new RestError(400, 21220, 'Call is not in-progress. Cannot redirect.');
    if (status) this.exchange.complete(record, status);
    else if (url) {
      if (record.status !== 'in-progress') throw new RestError(400, 21220, 'Call is not in-progress. Cannot redirect.');
      const to: Target = { url: addressed(url, 21205), method: methodIn(form, 'Method') };
      this.exchange.redirect(record, to);
    } else throw new RestError(400, 21205, 'Url parameter is required.');
    return record;
  }

  private sent(form: URLSearchParams): TextMessage {
    refuseStrangers(form, MESSAGE_PARAMETERS);
    const service = form.get('MessagingServiceSid');
    if (service && !/^MG[0-9a-f]{32}$/.test(service))
      throw new RestError(400, 21703, 'The Messaging Service is not valid');
    const from = form.get('From');
    const status = form.get('StatusCallback');
    return this.messages.send({
      to: form.get('To') ?? '',
      body: form.get('Body') ?? '',
      mediaUrls: form.getAll('MediaUrl').map(url => addressed(url, 21620)),
      ...(from ? { from } : {}),
      ...(service ? { service } : {}),
      ...(status ? { statusTo: addressed(status, 21609) } : {}),
    });
  }

  private recording(path: string, sid: string): RestAnswer {
    const [, id = sid, format] = /^(RE[0-9a-f]{32})(?:\.(mp3|wav))?$/.exec(sid) ?? [];
    const kept = this.exchange.recordings.find(id);
    if (!kept) throw notFound(path);
    if (path.endsWith('.json'))
      return {
        status: 200,
        json: {
          sid: id,
          account_sid: this.account.sid,
          call_sid: kept.call,
          duration: String(kept.seconds),
          source: kept.source,
          status: 'completed',
          channels: 1,
          date_created: rfc2822(kept.createdAt),
          uri: `/2010-04-01/Accounts/${this.account.sid}/Recordings/${id}.json`,
        },
      };
    const { bytes, mediaType } = soundOf(kept, format === 'mp3' ? 'mp3' : 'wav');
    return { status: 200, bytes, mediaType };
  }

  private call(sid: string): CallRecord {
    const found = this.exchange.find(sid);
    if (!found) throw notFound(`Calls/${sid}`);
    return found;
  }
  private message(sid: string): TextMessage {
    const found = this.messages.find(sid);
    if (!found) throw notFound(`Messages/${sid}`);
    return found;
  }

  private callsMatching(query: URLSearchParams): CallRecord[] {
    return this.exchange
      .list()
      .filter(
        one =>
          equals(query, 'To', one.to) &&
          equals(query, 'From', one.from) &&
          equals(query, 'Status', one.status) &&
          within(query, 'StartTime', one.createdAt),
      )
      .reverse();
  }
  private messagesMatching(query: URLSearchParams): TextMessage[] {
    return this.messages
      .all()
      .filter(
        one =>
          equals(query, 'To', one.to) &&
          equals(query, 'From', one.from) &&
          within(query, 'DateSent', Date.parse(one.at)),
      )
      .reverse();
  }
  private page(name: keyof typeof LISTS, items: readonly object[], query: URLSearchParams): RestAnswer {
    const size = Math.min(1_000, Number(query.get('PageSize') ?? PAGE) || PAGE);
    const page = Number(query.get('Page') ?? 0) || 0;
    const uri = (number: number): string => {
      const asked = new URLSearchParams(query);
      asked.set('PageSize', String(size));
      asked.set('Page', String(number));
      return `/2010-04-01/Accounts/${this.account.sid}/${LISTS[name]}.json?${asked.toString()}`;
    };
    return {
      status: 200,
      json: {
        [name]: items.slice(page * size, (page + 1) * size),
        page,
        page_size: size,
        start: page * size,
        end: Math.min(items.length, (page + 1) * size) - 1,
        uri: uri(page),
        first_page_uri: uri(0),
        previous_page_uri: page > 0 ? uri(page - 1) : null,
        next_page_uri: (page + 1) * size < items.length ? uri(page + 1) : null,
      },
    };
  }

  private callJson(record: CallRecord): object {
    const { sid, from, to, status, direction, parent, createdAt, answeredAt, endedAt } = record;
    return {
      sid,
      account_sid: this.account.sid,
      api_version: '2010-04-01',
      from,
      from_formatted: from,
      to,
      to_formatted: to,
      status,
      direction,
      parent_call_sid: parent ?? null,
      date_created: rfc2822(createdAt),
      date_updated: rfc2822(endedAt ?? answeredAt ?? createdAt),
      start_time: answeredAt === undefined ? null : rfc2822(answeredAt),
      end_time: endedAt === undefined ? null : rfc2822(endedAt),
      duration:
        answeredAt === undefined || endedAt === undefined ? null : String(Math.round((endedAt - answeredAt) / 1_000)),
      price: null,
      price_unit: 'USD',
      uri: `/2010-04-01/Accounts/${this.account.sid}/Calls/${sid}.json`,
    };
  }
  private messageJson(message: TextMessage): object {
    const { sid, from, to, body, status, direction, segments, errorCode, at, mediaUrls } = message;
    const date = rfc2822(Date.parse(at));
    return {
      sid,
      account_sid: this.account.sid,
      api_version: '2010-04-01',
      from,
      to,
      body,
      status,
      direction,
      num_segments: String(segments),
      num_media: String(mediaUrls.length + message.media.length),
      error_code: errorCode ?? null,
      error_message: null,
      date_created: date,
      date_updated: date,
      date_sent: status === 'queued' ? null : date,
      price: null,
      price_unit: 'USD',
      uri: `/2010-04-01/Accounts/${this.account.sid}/Messages/${sid}.json`,
    };
  }
}

const notFound = (path: string): RestError =>
  new RestError(404, 20404, `The requested resource /2010-04-01/Accounts/${path} was not found`);

/** The provider ignores what it does not know; here it is a mistake, so that a misspelt parameter is found. */
function refuseStrangers(form: URLSearchParams, known: readonly string[]): void {
  const stranger = [...form.keys()].find(name => !known.includes(name));
  if (stranger) throw new RestError(400, 20001, `Parameter ${stranger} is not known`);
}

function addressed(url: string, code: number): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new RestError(400, code, `${url} is not a valid URL`);
  return url;
}

function methodIn(form: URLSearchParams, name: string): Method {
  const method = form.get(name) ?? 'POST';
  if (method !== 'GET' && method !== 'POST') throw new RestError(400, 20001, `${name} ${method} is not valid`);
  return method;
}

function twimlIn(text: string): ReturnType<typeof parseTwiml> {
  try {
    return parseTwiml(text);
  } catch (error) {
    throw new RestError(400, 12100, error instanceof Error ? error.message : String(error));
  }
}

const equals = (query: URLSearchParams, name: string, value: string): boolean =>
  !query.has(name) || query.get(name) === value;

/** `Name`, `Name>` and `Name<` of a list: a day, or an instant. */
function within(query: URLSearchParams, name: string, at: number): boolean {
  const bound = (suffix: string): number | undefined => {
    const written = query.get(`${name}${suffix}`);
    if (written === null) return undefined;
    const instant = Date.parse(written);
    if (Number.isNaN(instant)) throw new RestError(400, 20001, `${name} ${written} is no date`);
    return instant;
  };
  const [since, until, day] = [bound('>'), bound('<'), bound('')];
  // Whole seconds: what the provider keeps.
  const second = Math.floor(at / 1_000) * 1_000;
  return (
    (since === undefined || second >= Math.floor(since / 1_000) * 1_000) &&
    (until === undefined || second <= until) &&
    (day === undefined || (second >= day && second < day + 86_400_000))
  );
}
