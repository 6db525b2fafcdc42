import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { AskCodePage, EnterCodePage, OwnDataDocument, OwnDataPage, RIGHTS } from '../page/own-data.js';
import { addressIn, fieldsOf } from './answers.js';
import { Surroundings } from './around.js';
import { Cookies } from './cookies.js';
import { away, Doors, type Mistake, type Own, type OwnData } from './forms.js';
import { go, show, type Reply } from './page.js';

const HERE = '/i-miei-dati';
const ENTER = `${HERE}/entra`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TOLD = ['uscito', 'consenso', 'richiesta', 'pratica'] as const;

/** What is kept of a citizen. The code comes by a form, what it opens stays in a sealed cookie: no address holds either. */
@Controller('i-miei-dati')
export class OwnDataController {
  constructor(
    @Inject(Surroundings) private readonly surroundings: Surroundings,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Doors) private readonly doors: Doors,
  ) {}

  @Get()
  async look(@Req() request: FastifyRequest, @Res() reply: Reply, @Query() asked: object): Promise<void> {
    const around = this.surroundings.of(request);
    const { fatto = '' } = fieldsOf(asked, ['fatto']);
    const done = TOLD.find(one => one === fatto);
    const told = done && around.t.own.done[done];
    const session = this.cookies.ownData(request);
    if (session === undefined) return this.front(request, reply, { told });
    const language = around.language;
    const own = await this.doors.own('', { session, language }, request.ip);
    if ('data' in own)
      return show(reply, createElement(OwnDataPage, { around, data: own.data, attempt: randomUUID(), told }));
    return this.refuse(request, reply, own);
  }

  /** Has a code sent. What is answered says nothing of whether the address is known. */
  @Post()
  async ask(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const around = this.surroundings.of(request);
    const { recapito = '' } = fieldsOf(body, ['recapito']);
    const address = addressIn(recapito);
    const wrong = (detail: string, status: number): Promise<void> =>
      this.front(request, reply, { address: recapito, mistakes: [{ field: 'recapito', detail }] }, status);
    if (!address) return wrong(around.t.own.addressWrong, 422);
    const asked = await this.doors.askOwnCode({ ...address, language: around.language }, request.ip).catch(away);
    if (asked === 'sent') return go(reply, `${ENTER}?inviato=si`);
    if (asked === 'too-many') {
      reply.header('retry-after', '60');
      return wrong(around.t.follow.tooMany, 429);
    }
    const trouble = asked === 'none' ? around.t.own.notHere : around.t.own.away;
    return this.front(request, reply, { address: recapito, trouble }, 503);
  }

  /** Back from a provider. What it sent is in the address of this page, is good once, and says nothing of the person. */
  @Get('accesso')
  async back(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const { own, follow } = this.surroundings.of(request).t;
    const login = this.cookies.login(request);
    this.cookies.forgetLogin(reply);
    if (login === undefined) return this.front(request, reply, { trouble: own.login.stale }, 400);
    const mark = request.url.indexOf('?');
    const query = mark < 0 ? '' : request.url.slice(mark + 1, mark + 8_001);
    const opened = await this.doors.endLogin(login, query, request.ip).catch(away);
    if (opened === 'away') return this.front(request, reply, { trouble: own.login.away }, 503);
    if (opened === 'too-many') {
      reply.header('retry-after', '60');
      return this.front(request, reply, { trouble: follow.tooMany }, 429);
    }
    if (typeof opened === 'string') return this.front(request, reply, { trouble: own.login[opened] }, 403);
    const { session, until, name, email } = opened;
    this.cookies.setOwnData(
      reply,
      session,
      Date.parse(until),
      name === undefined ? undefined : { name, ...(email === undefined ? {} : { email }) },
    );
    go(reply, HERE);
  }

  /** To a provider. */
  @Get('accesso/:provider')
  async leaveFor(@Req() request: FastifyRequest, @Res() reply: Reply, @Param('provider') code: string): Promise<void> {
    const { own, follow } = this.surroundings.of(request).t;
    const begun = await this.doors.beginLogin(code.slice(0, 20), request.ip).catch(away);
    if (begun === 'away') return this.front(request, reply, { trouble: own.login.away }, 503);
    if (begun === 'too-many') {
      reply.header('retry-after', '60');
      return this.front(request, reply, { trouble: follow.tooMany }, 429);
    }
    if (!begun) throw new NotFoundException();
    this.cookies.setLogin(reply, begun.login, Date.parse(begun.until));
    go(reply, begun.location);
  }

  /** Adds a case to those of who logged in, by its code. */
  @Post('pratica')
  async claim(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const { codice = '' } = fieldsOf(body, ['codice']);
    const { language, t } = this.surroundings.of(request);
    const wrong = (detail: string): Promise<void> =>
      this.again(request, reply, { mistakes: [{ field: 'codice', detail }] });
    if (codice === '') return wrong(t.follow.codeMissing);
    const code = codice.slice(0, 40);
    const found = await this.doors.track(code, undefined, request.ip).catch(away);
    if (found === undefined) return wrong(t.follow.wrong);
    if (found === 'too-many') return wrong(t.follow.tooMany);
    if (found === 'away') return this.again(request, reply, { trouble: t.own.away });
    await this.act(request, reply, 'pratica', session =>
      this.doors.own('/cases', { session, code, language }, request.ip),
    );
  }

  @Get('entra')
  door(@Req() request: FastifyRequest, @Res() reply: Reply, @Query() asked: object): void {
    const around = this.surroundings.of(request);
    const { inviato } = fieldsOf(asked, ['inviato']);
    show(reply, createElement(EnterCodePage, { around, told: inviato === 'si' ? around.t.own.codeSent : undefined }));
  }

  @Post('entra')
  async enter(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const around = this.surroundings.of(request);
    const { codice = '' } = fieldsOf(body, ['codice']);
    const { own, follow } = around.t;
    const wrong = (detail: string, status: number): void =>
      show(reply, createElement(EnterCodePage, { around, mistakes: [{ field: 'codice', detail }] }), status);
    if (codice === '') return wrong(own.codeMissing, 422);
    const opened = await this.doors.openOwn(codice.slice(0, 40), request.ip).catch(away);
    if (opened === 'away') return show(reply, createElement(EnterCodePage, { around, trouble: own.away }), 503);
    if (opened === 'too-many') {
      reply.header('retry-after', '60');
      return wrong(follow.tooMany, 429);
    }
    if (!opened) return wrong(own.codeWrong, 404);
    this.cookies.setOwnData(reply, opened.session, Date.parse(opened.until));
    go(reply, HERE);
  }

  @Post('consenso')
  async consent(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const { finalita = '', versione = '', atto } = fieldsOf(body, ['finalita', 'versione', 'atto']);
    await this.act(request, reply, 'consenso', session => {
      const { language } = this.surroundings.of(request);
      const act = atto === 'given' ? 'given' : 'withdrawn';
      return this.doors.own(
        '/consents',
        { session, purpose: finalita.slice(0, 60), act, textVersion: Number(versione) || 1, language },
        request.ip,
      );
    });
  }

  @Post('richiesta')
  async request(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const { diritto, nome, tentativo = '' } = fieldsOf(body, ['diritto', 'nome', 'tentativo']);
    const { language, t } = this.surroundings.of(request);
    const kind = RIGHTS.find(one => one === diritto);
    if (!kind) return go(reply, HERE);
    const corrects = kind === 'rectification';
    if (corrects && !nome)
      return this.again(request, reply, { mistakes: [{ field: 'nome', detail: t.own.rightNameMissing }] });
    await this.act(request, reply, 'richiesta', session =>
      this.doors.own(
        '/requests',
        {
          session,
          attempt: UUID.test(tentativo) ? tentativo : randomUUID(),
          kind,
          language,
          ...(corrects && nome ? { correction: { name: nome.slice(0, 300) } } : {}),
        },
        request.ip,
      ),
    );
  }

  /** The data as a file, to be read or for a machine. */
  @Post('scarica')
  async take(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const session = this.cookies.ownData(request);
    if (session === undefined) return this.over(request, reply);
    const around = this.surroundings.of(request);
    const { forma } = fieldsOf(body, ['forma']);
    const own = await this.doors.own('', { session, takeAway: true, language: around.language }, request.ip);
    if (!('data' in own)) return this.refuse(request, reply, own);
    const [mediaType, name, bytes] =
      forma === 'json'
        ? ['application/json; charset=utf-8', 'i-miei-dati.json', JSON.stringify(own.data, null, 2)]
        : ['text/html; charset=utf-8', 'i-miei-dati.html', documentOf(around, own.data)];
    reply
      .code(200)
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(bytes);
  }

  @Post('esci')
  async leave(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const session = this.cookies.ownData(request);
    // The cookie goes also when the core is away: then the session ends by itself.
    const leave = session === undefined ? undefined : await this.doors.endOwn(session, request.ip).catch(away);
    this.cookies.forgetOwnData(reply);
    if (leave === undefined || leave === 'away') return go(reply, `${HERE}?fatto=uscito`);
    // A form of ours may not lead to another site; a person who follows a link may.
    return this.front(request, reply, { told: this.surroundings.of(request).t.own.done.uscito, leave });
  }

  /** The page from which one comes in: by a login, or by a code. */
  private async front(
    request: FastifyRequest,
    reply: Reply,
    said: Omit<Parameters<typeof AskCodePage>[0], 'around' | 'providers'>,
    status = 200,
  ): Promise<void> {
    const providers = await this.doors.providers();
    show(reply, createElement(AskCodePage, { around: this.surroundings.of(request), providers, ...said }), status);
  }

  private async act(
    request: FastifyRequest,
    reply: Reply,
    done: (typeof TOLD)[number],
    work: (session: string) => Promise<Own>,
  ): Promise<void> {
    const session = this.cookies.ownData(request);
    if (session === undefined) return this.over(request, reply);
    const own = await work(session).catch(away);
    if (own === 'away') return this.again(request, reply, { trouble: this.surroundings.of(request).t.own.away });
    if ('data' in own) return go(reply, `${HERE}?fatto=${done}`);
    return this.refuse(request, reply, own);
  }

  /** The page once more, with what is wrong. */
  private async again(
    request: FastifyRequest,
    reply: Reply,
    said: { readonly mistakes?: readonly Mistake[]; readonly trouble?: string },
  ): Promise<void> {
    const session = this.cookies.ownData(request);
    if (session === undefined) return this.over(request, reply);
    const around = this.surroundings.of(request);
    const own = await this.doors.own('', { session, language: around.language }, request.ip);
    if (!('data' in own)) return this.refuse(request, reply, own);
    show(
      reply,
      createElement(OwnDataPage, { around, data: own.data, attempt: randomUUID(), ...said }),
      said.trouble === undefined ? 422 : 503,
    );
  }

  private async refuse(
    request: FastifyRequest,
    reply: Reply,
    { refused }: { readonly refused: Exclude<Own, { data: OwnData }>['refused'] },
  ): Promise<void> {
    const around = this.surroundings.of(request);
    if (refused === 'over') return this.over(request, reply);
    if (refused === 'too-many') {
      reply.header('retry-after', '60');
      return this.front(request, reply, { trouble: around.t.follow.tooMany }, 429);
    }
    return this.again(request, reply, { trouble: refused === 'stale' ? around.t.own.stale : around.t.own.refused });
  }

  private over(request: FastifyRequest, reply: Reply): Promise<void> {
    this.cookies.forgetOwnData(reply);
    return this.front(request, reply, { trouble: this.surroundings.of(request).t.own.over }, 403);
  }
}

const documentOf = (around: Parameters<typeof OwnDataDocument>[0]['around'], data: OwnData): string =>
  `<!doctype html>${renderToStaticMarkup(createElement(OwnDataDocument, { around, data }))}`;
