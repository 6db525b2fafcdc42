import { Controller, Get, Inject, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { HomePage } from '../page/home.js';
import { Words } from '../page/layout.js';
import { isLanguage } from '../text/texts.js';
import { Surroundings } from './around.js';
import { Assets } from './assets.js';
import { Cookies } from './cookies.js';
import { go, show, type Reply } from './page.js';

/** The first page, those of words alone, the choice of the language, and the files of the pages. */
@Controller()
export class HomeController {
  constructor(
    @Inject(Surroundings) private readonly surroundings: Surroundings,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Assets) private readonly assets: Assets,
  ) {}

  @Get()
  home(@Req() request: FastifyRequest, @Res() reply: Reply): void {
    show(reply, createElement(HomePage, { around: this.surroundings.of(request) }));
  }

  @Get('privacy')
  privacy(@Req() request: FastifyRequest, @Res() reply: Reply): void {
    const around = this.surroundings.of(request);
    show(reply, createElement(Words, { around, ...around.t.privacy }));
  }

  @Get('note-legali')
  legal(@Req() request: FastifyRequest, @Res() reply: Reply): void {
    const around = this.surroundings.of(request);
    show(reply, createElement(Words, { around, ...around.t.legal }));
  }

  /** Chooses a language, and goes back to where it was chosen. */
  @Get('lingua/:language')
  language(@Param('language') language: string, @Query('da') from: unknown, @Res() reply: Reply): void {
    if (!isLanguage(language)) throw new NotFoundException();
    this.cookies.setLanguage(reply, language);
    go(reply, typeof from === 'string' && /^\/[a-z/-]*$/.test(from) && !from.startsWith('//') ? from : '/');
  }

  @Get('statici/:version/:name')
  file(
    @Param('version') version: string,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: Reply,
  ): void {
    const asset = this.assets.get(version, name);
    if (!asset) throw new NotFoundException();
    const packed = asset.gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? asset.gzip : undefined;
    reply
      .code(200)
      .header('content-type', asset.mediaType)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding');
    if (packed) reply.header('content-encoding', 'gzip');
    reply.send(packed ?? asset.bytes);
  }
}
