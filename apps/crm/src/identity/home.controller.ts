import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { page, PAGE_HEADERS } from '../http/page.js';

const HOME = page(
  'Filodiretto',
  '<p>Qui lavora chi risponde ai cittadini.</p>\n<p><a href="/auth/login">Accedi</a></p>',
);

/** Where somebody is who logged out at the provider, or who knows the address alone. Answers whoever asks. */
@ApiExcludeController()
@Controller()
export class HomeController {
  @Get()
  show(@Res() reply: FastifyReply): void {
    void reply.headers(PAGE_HEADERS).send(HOME);
  }
}
