import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { networkOf, Problem } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TokenBuckets } from '../http/token-buckets.js';
import { CrmSettings } from '../settings.js';
import { Refusals } from '../trail/refusals.js';
import { BackChannelLogout } from './back-channel-logout.js';
import { Cookies } from './cookies.js';
import { Login, LOGIN_SECONDS, LoginRefused } from './login.js';
import { refusedPage } from './login-page.js';
import { fromOwnPages } from './own-pages.js';
import { Sessions } from './sessions.js';

/** Logins of one network address: a town hall behind one router comes from here too. */
const PACE = { perSecond: 2, burst: 120 };

/** Logging in and out by browser. Answers whoever asks: what is asked proves itself. */
@ApiExcludeController()
@Controller('auth')
export class LoginController {
  private readonly cookies: Cookies;
  private readonly pace = new TokenBuckets(PACE);

  constructor(
    @Inject(Login) private readonly login: Login,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(BackChannelLogout) private readonly backChannel: BackChannelLogout,
    @Inject(Refusals) private readonly refusals: Refusals,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
  ) {
    this.cookies = new Cookies(settings);
  }

  /** To the provider. `return_to`: where to go then; `again`: even who is logged in says once more who they are. */
  @Get('login')
  async begin(
    @Query('return_to') returnTo: unknown,
    @Query('again') again: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.slowDown(request);
    const { location, secret } = await this.login.begin(
      typeof returnTo === 'string' ? returnTo : undefined,
      again !== undefined,
    );
    away(reply.header('set-cookie', this.cookies.setLogin(secret, LOGIN_SECONDS)), location);
  }

  /** Back from the provider. */
  @Get('callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.slowDown(request);
    const { cookie, 'user-agent': userAgent } = request.headers;
    const mark = request.url.indexOf('?');
    try {
      const { secret, returnTo } = await this.login.finish({
        query: mark < 0 ? '' : request.url.slice(mark),
        secret: this.cookies.login(cookie),
        before: this.cookies.session(cookie),
        userAgent,
      });
      const begun = this.cookies.setSession(secret, this.settings.sessionHours * 3_600);
      away(reply.header('set-cookie', [begun, this.cookies.setLogin(undefined, 0)]), returnTo);
    } catch (fault) {
      if (!(fault instanceof LoginRefused)) throw fault;
      this.refusals.login({ operation: 'logIn', because: fault.because, operator: fault.operator });
      const { status, body, headers } = refusedPage(fault.because);
      void reply.code(status).headers(headers).header('set-cookie', this.cookies.setLogin(undefined, 0)).send(body);
    }
  }

  /** Ends the session of who asks; says where to go to end that of the provider too. */
  @Post('logout')
  @HttpCode(200)
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ location: string }> {
    if (!fromOwnPages(request.headers, this.settings.publicUrl))
      throw new Problem('foreign-page', 'Logging out is asked by a page of ours.');
    const secret = this.cookies.session(request.headers.cookie);
    if (secret !== undefined) await this.sessions.endBySecret(secret);
    reply.header('set-cookie', this.cookies.setSession(undefined, 0)).header('cache-control', 'no-store');
    // What this host showed to whoever leaves must not stay in a browser that others use.
    reply.header('clear-site-data', '"cache", "storage"');
    return { location: await this.login.endAtProvider() };
  }

  /** The provider says that somebody logged out there. */
  @Post('back-channel-logout')
  async told(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.slowDown(request);
    const { logout_token: token } = (typeof body === 'object' && body !== null ? body : {}) as {
      logout_token?: unknown;
    };
    const obeyed = typeof token === 'string' && token.length <= 8_192 && (await this.backChannel.obey(token));
    if (!obeyed) this.refusals.login({ operation: 'backChannelLogout', because: 'refused' });
    void reply
      .code(obeyed ? 200 : 400)
      .header('cache-control', 'no-store')
      .send(obeyed ? undefined : { error: 'invalid_request' });
  }

  private slowDown({ ip }: FastifyRequest): void {
    const wait = this.pace.take(networkOf(ip));
    if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
  }
}

const away = (reply: FastifyReply, location: string): void =>
  void reply.code(303).header('location', location).header('cache-control', 'no-store').send();
