import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Post, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { Drafts } from '../draft/drafts.js';
import { AssistancePage } from '../page/assistance.js';
import { Receipt } from '../page/report.js';
import { PortalSettings } from '../settings.js';
import { ASSISTANCE_FIELDS, fieldsOf, mistakesInAssistance } from './answers.js';
import { Surroundings } from './around.js';
import { Cookies } from './cookies.js';
import { Doors, type Form } from './forms.js';
import { go, show, type Reply } from './page.js';
import { addedToTheirs, fieldsOfWho } from './who.js';
import { caseSoon } from './report.controller.js';

const FORM = 'assistenza';
const RECEIPT = '/assistenza/ricevuta';
const ATTEMPT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Asking for assistance: one form, one receipt. */
@Controller('assistenza')
export class AssistanceController {
  constructor(
    @Inject(PortalSettings) private readonly settings: PortalSettings,
    @Inject(Surroundings) private readonly surroundings: Surroundings,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Doors) private readonly doors: Doors,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const form = await this.form();
    const around = this.surroundings.of(request);
    const fields = fieldsOfWho(this.cookies.who(request));
    show(reply, createElement(AssistancePage, { around, form, fields, attempt: randomUUID(), token: form.token }));
  }

  @Post()
  async send(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const around = this.surroundings.of(request);
    const form = await this.form();
    const fields = fieldsOf(body, ASSISTANCE_FIELDS);
    const {
      tentativo = '',
      contrassegno = '',
      prova,
      informativa,
    } = fieldsOf(body, ['tentativo', 'contrassegno', 'prova', 'informativa']);
    const attempt = ATTEMPT.test(tentativo) ? tentativo : randomUUID();
    const mistakes = [
      ...mistakesInAssistance(fields, form, around.t),
      ...(informativa === 'on' ? [] : [{ field: 'informativa', detail: around.t.report.privacyMissing }]),
    ];
    const shown = { around, form, fields, token: contrassegno };
    if (mistakes.length > 0) {
      // What was not sent may be corrected: the next is another attempt.
      show(reply, createElement(AssistancePage, { ...shown, attempt: randomUUID(), mistakes }), 422);
      return;
    }
    const handed = await this.doors.submit(
      FORM,
      { attempt, token: contrassegno, proof: prova, fields, files: [] },
      request.ip,
    );
    if ('code' in handed) {
      const draft = { ...this.drafts.begin(FORM, ''), sent: handed.code };
      await this.drafts.put(draft);
      this.cookies.setDraft(reply, FORM, draft.id, this.settings.portalDraftHours * 3_600);
      await addedToTheirs(this.doors, this.cookies, request, handed.code, fields);
      return go(reply, RECEIPT);
    }
    if (!('mistakes' in handed)) {
      // The same attempt: if it was taken all the same, pressing again finds its receipt.
      reply.header('retry-after', '5');
      show(reply, createElement(AssistancePage, { ...shown, attempt, trouble: around.t.away.here }), 503);
      return;
    }
    show(reply, createElement(AssistancePage, { ...shown, attempt: randomUUID(), mistakes: handed.mistakes }), 422);
  }

  @Get('ricevuta')
  async receipt(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const draft = await this.drafts.get(this.cookies.draft(request, FORM));
    if (draft?.sent === undefined) return go(reply, '/assistenza');
    const found = await caseSoon(this.doors, draft.sent, request.ip);
    const around = this.surroundings.of(request);
    show(reply, createElement(Receipt, { around, code: draft.sent, found, kind: 'assistance' }));
  }

  private async form(): Promise<Form> {
    const form = await this.doors.form(FORM);
    if (!form) throw new NotFoundException();
    return form;
  }
}
