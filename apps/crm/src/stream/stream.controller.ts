import { once } from 'node:events';
import { Controller, Get, Headers, Inject, Req, Res, type BeforeApplicationShutdown } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import {
  AttentionChanged,
  CaseChanged,
  IncomingCall,
  MessageChanged,
  OfferChanged,
  ViewCounts,
} from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AttentionNews } from '../attention/attention-news.js';
import { Operation } from '../http/documented.js';
import { CurrentAdmission, type Admission } from '../http/operator.js';
import { StillAdmitted } from '../identity/still-admitted.js';
import { JournalFeed, type Place, type Told } from './journal-feed.js';
import { ViewCountNews } from '../view/view-counts.js';
import { CallNews } from './call-news.js';
import { MessageNews } from './message-news.js';
import { OfferNews } from './offer-news.js';
import { ToldCases } from './told-cases.js';

const HEARTBEAT_MS = 15_000;
/** How long a client waits before it connects again, in milliseconds. */
const RECONNECT_MS = 2_000;
/** How long a client may take to read what is left when the core stops. */
const LAST_WORDS_MS = 1_000;
/** Largest values of xid8 and bigint. */
const MAX_XID = 2n ** 64n - 1n;
const MAX_POSITION = 2n ** 63n - 1n;
const PLACE = /^(\d{1,20})-(\d{1,19})$/;

@ApiTags('Stream')
@Controller('api/stream')
export class StreamController implements BeforeApplicationShutdown {
  private readonly open = new Set<AbortController>();
  private stopping = false;

  constructor(
    @Inject(JournalFeed) private readonly feed: JournalFeed,
    @Inject(MessageNews) private readonly news: MessageNews,
    @Inject(CallNews) private readonly calls: CallNews,
    @Inject(OfferNews) private readonly offers: OfferNews,
    @Inject(ViewCountNews) private readonly counts: ViewCountNews,
    @Inject(AttentionNews) private readonly attention: AttentionNews,
    @Inject(StillAdmitted) private readonly still: StillAdmitted,
    @Inject(ToldCases) private readonly told: ToldCases,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const one of this.open) one.abort();
  }

  @Get()
  @Operation('follow', 'Follows what happens to the cases of the administration', {
    description:
      'Server-sent events, thin facts to be read again through the API. Each `case.changed` has an id; sent back as `Last-Event-ID` the stream goes on right after it, without a gap; without it, the stream begins now. `message.changed` tells how far an outgoing message has come while one listens; it has no id and is not told again; nor does `offer.changed`, what is offered to the operator who listens and what became of it. `call.changed` tells of a call that comes in, as far as it has come: who calls, what they pressed, and whether who listens is to answer it (`forYou`); it is not told again. `view.counted` tells the counts of one’s views that changed, at first all of them; `attention.changed` who has a case before them now, at first of every case that somebody has, and whether the citizen writes. Who has not the permission `case.read` is told of offers alone. A comment line comes every 15 seconds.',
    problems: ['malformed-request'],
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event seen',
    schema: { type: 'string', pattern: PLACE.source },
    example: '7421-1093',
  })
  @ApiExtraModels(AttentionChanged, IncomingCall, CaseChanged, MessageChanged, OfferChanged, ViewCounts)
  @ApiResponse({
    status: 200,
    description: 'The stream',
    content: {
      'text/event-stream': {
        schema: {
          type: 'string',
          description: `\`data\` is a ${getSchemaPath(CaseChanged)}, a ${getSchemaPath(MessageChanged)}, a ${getSchemaPath(OfferChanged)}, a ${getSchemaPath(AttentionChanged)}, a ${getSchemaPath(IncomingCall)} or a ${getSchemaPath(ViewCounts)}`,
        },
        example: 'event: case.changed\nid: 7421-1093\ndata: {"case":"…","version":4,"fact":"taken_in_charge"}\n\n',
      },
    },
  })
  async stream(
    @CurrentAdmission() admission: Admission,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { operator } = admission;
    const { administrationId } = operator;
    const after = placeOf(lastEventId) ?? (await this.feed.end(administrationId));
    // Asked in the moment of the stop, it would never be told of it, and the server would wait for it.
    if (this.stopping)
      throw new Problem('temporarily-unavailable', 'The core stops: connect again.', { retryAfter: 1 });
    const closed = new AbortController();
    this.open.add(closed);
    reply.hijack();
    const out = reply.raw;
    out.once('close', () => closed.abort());
    out.on('error', () => closed.abort());
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) out.setHeader(name, value);
    out.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // The server waits for idle connections when it stops: this one ends with its stream.
      connection: 'close',
    });
    out.write(`retry: ${RECONNECT_MS}\n\n`);
    const heartbeat = setInterval(() => out.write(':\n\n'), HEARTBEAT_MS);
    const tell = (event: string, change: object): void => {
      if (!out.writableNeedDrain) out.write(`event: ${event}\ndata: ${JSON.stringify(change)}\n\n`);
    };
    const mayHear = this.told.listener(operator.id);
    const tellIf = (may: Promise<boolean>, event: string, change: object): void => {
      may
        .then(sees => (sees ? tell(event, change) : undefined))
        .catch((fault: unknown) => request.log.warn({ err: fault }, 'could not see what a listener may be told'));
    };
    const deaf = [
      this.still.watch(admission, () => closed.abort()),
      this.news.listen(administrationId, change => {
        const { case: caseId, message, state } = change;
        const about = caseId === undefined ? undefined : { caseId, moment: `${message} ${state}` };
        tellIf(mayHear(about), 'message.changed', change);
      }),
      this.calls.listen(administrationId, change => {
        const about =
          change.case === undefined
            ? undefined
            : { caseId: change.case, moment: `call ${change.message} ${change.revision}` };
        Promise.all([mayHear(about), this.calls.look(change)])
          .then(([sees, told]) => {
            if (sees && told) tell('call.changed', { ...told.call, forYou: told.answering.has(operator.id) });
          })
          .catch((fault: unknown) => request.log.warn({ err: fault }, 'a call could not be told of'));
      }),
      this.offers.listen(operator.id, change => tell('offer.changed', change)),
      this.attention.listen(administrationId, ({ moment, change }) =>
        tellIf(mayHear({ caseId: change.case, moment }), 'attention.changed', change),
      ),
      this.counts.listen(operator, items => tellIf(mayHear(), 'view.counted', { items })),
    ];
    try {
      for await (const told of this.feed.follow(administrationId, after, closed.signal)) {
        this.counts.touch(administrationId);
        const heard = await Promise.all(told.map(async one => ((await mayHear(aboutOf(one))) ? eventOf(one) : '')));
        const events = heard.join('');
        if (events !== '' && !out.write(events)) await once(out, 'drain', { signal: closed.signal });
      }
    } catch (fault) {
      // The connection is already a stream: the client connects again and goes on from its last event.
      if (!closed.signal.aborted) request.log.warn({ err: fault }, 'a stream broke off');
    } finally {
      clearInterval(heartbeat);
      for (const stop of deaf) stop();
      this.open.delete(closed);
      out.end();
      // A client that reads nothing any more would keep the connection, and the server with it.
      setTimeout(() => out.destroy(), LAST_WORDS_MS).unref();
    }
  }
}

const aboutOf = ({ change }: Told): { readonly caseId: string; readonly moment: string } => ({
  caseId: change.case,
  moment: String(change.version),
});
const eventOf = ({ place, change }: Told): string =>
  `event: case.changed\nid: ${place.xid}-${place.position}\ndata: ${JSON.stringify(change)}\n\n`;

function placeOf(lastEventId: string | undefined): Place | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  const [, xid, position] = PLACE.exec(lastEventId) ?? [];
  if (xid === undefined || position === undefined || BigInt(xid) > MAX_XID || BigInt(position) > MAX_POSITION)
    throw new Problem('malformed-request', 'Last-Event-ID is not an id of this stream.');
  return { xid, position };
}
