import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Post, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { Drafts } from '../draft/drafts.js';
import { FEEDBACK, FeedbackPage, StatementPage } from '../page/accessibility.js';
import { Receipt } from '../page/report.js';
import { PortalSettings } from '../settings.js';
import { fieldsOf, mistakesIn } from './answers.js';
import { Surroundings } from './around.js';
import { readChecked } from './checked.js';
import { Cookies } from './cookies.js';
import { Doors, type Form } from './forms.js';
import { go, show, type Reply } from './page.js';
import { caseSoon } from './report.controller.js';

const FORM = 'accessibilita';
const ATTEMPT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is known of the accessibility of these pages, and the form for what is not: it becomes a case of that kind, by its category. */
@Controller('accessibilita')
export class AccessibilityController {
  private readonly checked = readChecked();

  constructor(
    @Inject(PortalSettings) private readonly settings: PortalSettings,
    @Inject(Surroundings) private readonly surroundings: Surroundings,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Doors) private readonly doors: Doors,
  ) {}

  @Get()
  statement(@Req() request: FastifyRequest, @Res() reply: Reply): void {
    show(reply, createElement(StatementPage, { around: this.surroundings.of(request), checked: this.checked }));
  }

  @Get('segnala')
  async ask(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const form = await this.form();
    const around = this.surroundings.of(request);
    show(reply, createElement(FeedbackPage, { around, form, fields: {}, attempt: randomUUID(), token: form.token }));
  }

  @Post('segnala')
  async send(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const around = this.surroundings.of(request);
    const form = await this.form();
    const fields = fieldsOf(
      body,
      form.fields.map(one => one.name),
    );
    const {
      tentativo = '',
      contrassegno = '',
      prova,
      informativa,
    } = fieldsOf(body, ['tentativo', 'contrassegno', 'prova', 'informativa']);
    const attempt = ATTEMPT.test(tentativo) ? tentativo : randomUUID();
    const shown = { around, form, fields, token: contrassegno };
    const mistakes = [
      ...mistakesIn(fields, form, around.t),
      ...(informativa === 'on' ? [] : [{ field: 'informativa', detail: around.t.report.privacyMissing }]),
    ];
    if (mistakes.length > 0)
      return show(reply, createElement(FeedbackPage, { ...shown, attempt: randomUUID(), mistakes }), 422);
    const handed = await this.doors.submit(
      FORM,
      { attempt, token: contrassegno, proof: prova, fields, files: [] },
      request.ip,
    );
    if ('code' in handed) {
      const draft = { ...this.drafts.begin(FORM, ''), sent: handed.code };
      await this.drafts.put(draft);
      this.cookies.setDraft(reply, FORM, draft.id, this.settings.portalDraftHours * 3_600);
      return go(reply, `${FEEDBACK}/ricevuta`);
    }
    if ('mistakes' in handed)
      return show(
        reply,
        createElement(FeedbackPage, { ...shown, attempt: randomUUID(), mistakes: handed.mistakes }),
        422,
      );
    reply.header('retry-after', '5');
    show(reply, createElement(FeedbackPage, { ...shown, attempt, trouble: around.t.away.here }), 503);
  }

  @Get('segnala/ricevuta')
  async receipt(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const draft = await this.drafts.get(this.cookies.draft(request, FORM));
    if (draft?.sent === undefined) return go(reply, FEEDBACK);
    const found = await caseSoon(this.doors, draft.sent, request.ip);
    show(
      reply,
      createElement(Receipt, { around: this.surroundings.of(request), code: draft.sent, found, kind: 'assistance' }),
    );
  }

  private async form(): Promise<Form> {
    const form = await this.doors.form(FORM);
    if (!form) throw new NotFoundException();
    return form;
  }
}
