import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CONSOLE_PATH } from '../http/console.js';
import { page, PAGE_HEADERS } from '../http/page.js';
import { CrmSettings } from '../settings.js';

const home = (login: string): string =>
  page('Filodiretto', `<p>Qui lavora chi risponde ai cittadini.</p>\n<p><a href="${login}">Accedi</a></p>`);

/** Where somebody is who logged out at the provider, or who knows the address alone. Answers whoever asks. */
@ApiExcludeController()
@Controller()
export class HomeController {
  private readonly shown: string;

  constructor(@Inject(CrmSettings) { consoleDir }: CrmSettings) {
    this.shown = home(consoleDir === undefined ? '/auth/login' : `/auth/login?return_to=${CONSOLE_PATH}/`);
  }

  @Get()
  show(@Res() reply: FastifyReply): void {
    void reply.headers(PAGE_HEADERS).send(this.shown);
  }
}
