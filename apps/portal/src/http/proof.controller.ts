import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Doors } from './forms.js';
import type { Reply } from './page.js';

/** What a browser solves before it sends a form, where the forms ask for it: fetched by the page, from where the page came. */
@Controller('prova')
export class ProofController {
  constructor(@Inject(Doors) private readonly doors: Doors) {}

  @Get(':form')
  async challenge(@Param('form') form: string, @Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const challenge = await this.doors.challenge(form, request.ip);
    if (!challenge) throw new NotFoundException();
    reply.code(200).header('content-type', 'application/json').header('cache-control', 'no-store').send(challenge);
  }
}
