import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { networkOf } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PAGE_HEADERS } from '../http/page.js';
import { TokenBuckets } from '../http/token-buckets.js';
import { Acting, type Acted } from './acting.js';
import { pageOf, tooManyPage } from './page.js';

/** Requests of one address: an office behind one router acts from here too. */
const PACE = { perSecond: 1, burst: 60 };

/**
 * The pages behind the links of letters, for who never logs in: the link is the proof. A GET (or HEAD) changes nothing
 * of the case, because programs that check mail open every link; only the form of the page acts. What a GET shows is in the trail.
 */
@ApiExcludeController()
@Controller('azioni')
export class ActionController {
  private readonly pace = new TokenBuckets(PACE);

  constructor(@Inject(Acting) private readonly acting: Acting) {}

  @Get(':token')
  async look(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.tooFast(request, reply)) return;
    show(reply, await (request.method === 'HEAD' ? this.acting.ask(token) : this.acting.look(token)), {});
  }

  @Post(':token')
  async act(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.tooFast(request, reply)) return;
    const form = formOf(body);
    show(reply, await this.acting.act(token, form), form);
  }

  private tooFast(request: FastifyRequest, reply: FastifyReply): boolean {
    const wait = this.pace.take(networkOf(request.ip));
    if (wait > 0) void reply.code(429).headers(PAGE_HEADERS).header('retry-after', wait).send(tooManyPage());
    return wait > 0;
  }
}

const STATUS: Readonly<Record<Acted['kind'], number>> = { ready: 200, used: 200, dead: 404, refused: 422 };

const show = (reply: FastifyReply, acted: Acted, form: Readonly<Record<string, string>>): void =>
  void reply
    .code(acted.kind === 'dead' && acted.because === 'over' ? 410 : STATUS[acted.kind])
    .headers(PAGE_HEADERS)
    .send(pageOf(acted, form));

/** The fields of a form that are texts; everything else a page of ours never sends. */
const formOf = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 20_000,
    ),
  );
