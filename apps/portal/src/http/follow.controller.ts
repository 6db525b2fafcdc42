import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { CasePage, FollowPage, RatingPage } from '../page/follow.js';
import { fieldsOf, ratingIn, writtenRating } from './answers.js';
import { Surroundings } from './around.js';
import { Cookies } from './cookies.js';
import { away, Doors } from './forms.js';
import { go, show, type Reply } from './page.js';
import { formIn } from './uploads.js';

const CASE = '/pratica';
const ATTEMPT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Following a case. The code is typed into a form and kept in a sealed cookie for an hour: no address holds it. */
@Controller('pratica')
export class FollowController {
  constructor(
    @Inject(Surroundings) private readonly surroundings: Surroundings,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Doors) private readonly doors: Doors,
  ) {}

  @Get()
  async look(@Req() request: FastifyRequest, @Res() reply: Reply, @Query() asked: object): Promise<void> {
    const around = this.surroundings.of(request);
    const { inviato, chiusa, numero, valutata } = fieldsOf(asked, ['inviato', 'chiusa', 'numero', 'valutata']);
    const code = this.cookies.followed(request);
    const found = code === undefined ? undefined : await this.doors.track(code, undefined, request.ip);
    if (found === 'too-many') return this.tooMany(request, reply);
    if (found === 'held' && code !== undefined) this.cookies.setFollowed(reply, code);
    if (!found || found === 'held') {
      const said = { left: chiusa === 'si', held: found === 'held' };
      show(reply, createElement(FollowPage, { around, number: numero, ...said }));
      return;
    }
    // Kept for an hour since it was last looked at: whoever writes is not shut out meanwhile.
    if (code !== undefined) this.cookies.setFollowed(reply, code);
    show(
      reply,
      createElement(CasePage, {
        around,
        found,
        attempt: randomUUID(),
        sent: inviato === 'si',
        rated: valutata === 'si',
      }),
    );
  }

  @Post()
  async open(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const around = this.surroundings.of(request);
    const { follow } = around.t;
    const { codice = '', numero, testo } = fieldsOf(body, ['codice', 'numero', 'testo']);
    const code = codice.slice(0, 40) || (testo ? this.cookies.followed(request) : undefined) || '';
    const found = code === '' ? undefined : await this.doors.track(code, numero?.slice(0, 40) || undefined, request.ip);
    if (found === 'too-many') return this.tooMany(request, reply, testo);
    if (!found) {
      const mistakes = [{ field: 'codice', detail: code === '' ? follow.codeMissing : follow.wrong }];
      show(
        reply,
        createElement(FollowPage, { around, number: numero, words: testo, mistakes }),
        code === '' ? 422 : 404,
      );
      return;
    }
    this.cookies.setFollowed(reply, code);
    if (!testo) return go(reply, CASE);
    if (found === 'held') return show(reply, createElement(FollowPage, { around, words: testo, held: true }));
    show(reply, createElement(CasePage, { around, found, attempt: randomUUID(), text: testo }));
  }

  @Post('messaggio')
  async write(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const sent = await formIn(request);
    const { testo = '', tentativo = '' } = fieldsOf(sent.body, ['testo', 'tentativo']);
    const code = this.cookies.followed(request);
    const around = this.surroundings.of(request);
    const found = code === undefined ? undefined : await this.doors.track(code, undefined, request.ip).catch(away);
    if (found === 'too-many') return this.tooMany(request, reply, testo);
    if (found === 'held') return show(reply, createElement(FollowPage, { around, words: testo, held: true }), 503);
    if (found === 'away') {
      reply.header('retry-after', '5');
      const mistakes = [{ field: 'codice', detail: around.t.away.here }];
      show(reply, createElement(FollowPage, { around, words: testo, mistakes }), 503);
      return;
    }
    if (code === undefined || !found) {
      const mistakes = [{ field: 'codice', detail: around.t.follow.again }];
      show(reply, createElement(FollowPage, { around, words: testo, mistakes }), 403);
      return;
    }
    const attempt = ATTEMPT.test(tentativo) ? tentativo : randomUUID();
    const handed =
      sent.cut.length > 0
        ? { mistakes: [{ field: 'files', detail: around.t.tooLarge }] }
        : testo === '' && sent.files.length === 0
          ? { mistakes: [{ field: 'testo', detail: around.t.follow.messageMissing }] }
          : await this.doors.reply(code, { attempt, text: testo, files: sent.files }, request.ip);
    if ('code' in handed) return go(reply, `${CASE}?inviato=si`);
    if ('refused' in handed && handed.refused !== 'too-large') {
      // The same attempt: if it was taken all the same, pressing again sends it no second time.
      reply.header('retry-after', '5');
      show(reply, createElement(CasePage, { around, found, attempt, text: testo, trouble: around.t.away.here }), 503);
      return;
    }
    const mistakes = 'mistakes' in handed ? handed.mistakes : [{ field: 'files', detail: around.t.tooLarge }];
    show(reply, createElement(CasePage, { around, found, attempt: randomUUID(), text: testo, mistakes }), 422);
  }

  @Post('valutazione')
  async rate(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const code = this.cookies.followed(request);
    if (code === undefined) return go(reply, CASE);
    const around = this.surroundings.of(request);
    const found = await this.doors.track(code, undefined, request.ip).catch(away);
    if (found === 'too-many') return this.tooMany(request, reply);
    if (found === undefined || found === 'held') return go(reply, CASE);
    // The whole case cannot be shown now: what was written is, with the same button.
    if (found === 'away') return this.rateAgain(request, reply, body);
    const given = writtenRating(body);
    const wrong = (detail: string): void =>
      show(
        reply,
        createElement(CasePage, {
          around,
          found,
          attempt: randomUUID(),
          given,
          mistakes: [{ field: 'stelle', detail }],
        }),
        422,
      );
    const said = ratingIn(body);
    if (!said) return wrong(around.t.rating.missing);
    const rated = await this.doors.rate(code, said, request.ip).catch(away);
    if (rated === 'over') return wrong(around.t.rating.over);
    if (rated === 'away') return this.rateAgain(request, reply, body);
    go(reply, `${CASE}?valutata=si`);
  }

  @Post('chiudi')
  leave(@Res() reply: Reply): void {
    this.cookies.forgetFollowed(reply);
    go(reply, `${CASE}?chiusa=si`);
  }

  private rateAgain(request: FastifyRequest, reply: Reply, body: unknown): void {
    const around = this.surroundings.of(request);
    reply.header('retry-after', '5');
    show(reply, createElement(RatingPage, { around, given: writtenRating(body) }), 503);
  }

  private tooMany(request: FastifyRequest, reply: Reply, words?: string): void {
    const around = this.surroundings.of(request);
    const mistakes = [{ field: 'codice', detail: around.t.follow.tooMany }];
    reply.header('retry-after', '60');
    show(reply, createElement(FollowPage, { around, words, mistakes }), 429);
  }
}
