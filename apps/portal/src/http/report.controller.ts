import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { Drafts, NoRoom, Stale, type Draft, type DraftFile } from '../draft/drafts.js';
import { DataStep, PrivacyStep, Receipt, SummaryStep } from '../page/report.js';
import { PortalSettings } from '../settings.js';
import type { Texts } from '../text/texts.js';
import { fieldsOf, mistakesInReport, REPORT_FIELDS } from './answers.js';
import { Surroundings } from './around.js';
import { Cookies } from './cookies.js';
import { Doors, type Form, type Handed, type Mistake, type TrackedCase, type Upload } from './forms.js';
import { go, show, type Reply } from './page.js';
import { acceptable, formIn } from './uploads.js';
import { addedToTheirs, fieldsOfWho } from './who.js';

const FORM = 'segnalazione';
const PRIVACY = '/segnalazione';
const DATA = '/segnalazione/dati';
const SUMMARY = '/segnalazione/riepilogo';
const RECEIPT = '/segnalazione/ricevuta';

/** For how long the proof that a form was opened is used again, in milliseconds: the forms take it for a day. */
const TOKEN_MS = 20 * 3_600_000;
/** How long a receipt waits for the number of the case, in looks and in milliseconds between them. */
const LOOKS = 4;
const BETWEEN_MS = 400;

/** Reporting a problem: privacy, data, summary, receipt. Each step is a page of its own, and the draft waits on our side. */
@Controller('segnalazione')
export class ReportController {
  constructor(
    @Inject(PortalSettings) private readonly settings: PortalSettings,
    @Inject(Surroundings) private readonly surroundings: Surroundings,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Doors) private readonly doors: Doors,
  ) {}

  @Get()
  async begin(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const draft = await this.draftOf(request);
    show(reply, createElement(PrivacyStep, { around: this.surroundings.of(request), resume: draft !== undefined }));
  }

  @Post('privacy')
  async agree(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const around = this.surroundings.of(request);
    const before = await this.draftOf(request);
    if (fieldsOf(body, ['informativa']).informativa !== 'on') {
      const mistakes = [{ field: 'informativa', detail: around.t.report.privacyMissing }];
      show(reply, createElement(PrivacyStep, { around, resume: before !== undefined, mistakes }), 422);
      return;
    }
    const fields = fieldsOfWho(this.cookies.who(request));
    const draft = before ?? { ...this.drafts.begin(FORM, (await this.form()).token), fields };
    // Of one that is there already only the time is begun anew; another tab may be quicker.
    await this.drafts.put(draft).catch(stale);
    this.cookies.setDraft(reply, FORM, draft.id, this.settings.portalDraftHours * 3_600);
    go(reply, DATA);
  }

  @Post('elimina')
  async discard(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const draft = await this.draftOf(request);
    if (draft) await this.drafts.destroy(draft);
    this.cookies.forgetDraft(reply, FORM);
    go(reply, PRIVACY);
  }

  @Get('dati')
  async data(@Req() request: FastifyRequest, @Res() reply: Reply, @Query('salvata') saved?: string): Promise<void> {
    const draft = await this.draftOf(request);
    if (!draft) return go(reply, PRIVACY);
    const around = this.surroundings.of(request);
    show(reply, createElement(DataStep, { around, form: await this.form(), draft, saved: saved === 'si' }));
  }

  @Post('dati')
  async write(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const sent = await formIn(request);
    const before = await this.draftOf(request);
    if (!before) return go(reply, PRIVACY);
    const around = this.surroundings.of(request);
    const form = await this.form();
    const fields = fieldsOf(sent.body, REPORT_FIELDS);
    const otherTab = (now: Draft): void =>
      show(
        reply,
        createElement(DataStep, {
          around,
          form,
          draft: { ...now, fields },
          trouble: isSending(now) ? around.t.report.beingSent : around.t.report.otherTab,
        }),
        409,
      );
    if (isSending(before) || !isSeen(before, sent.body.revisione)) return otherTab(before);
    const removed = before.files.find(file => file.id === sent.body.togli);
    const kept = before.files.filter(file => file !== removed);
    const { good, mistakes } = acceptable(sent, kept.length, form, around.t);
    const { files, wrong } = await this.keepAll(before, good, around.t);
    const changed: Draft = {
      ...before,
      fields,
      files: [...kept, ...files],
      // What was changed is another attempt: the forms refuse one key for two contents.
      attempt: randomUUID(),
    };
    const draft = await this.drafts.put(changed).catch(stale);
    if (draft === 'stale') {
      for (const file of files) await this.drafts.drop(before, file);
      const now = await this.draftOf(request);
      return now ? otherTab(now) : go(reply, RECEIPT);
    }
    if (removed) await this.drafts.drop(before, removed);
    this.cookies.setDraft(reply, FORM, draft.id, this.settings.portalDraftHours * 3_600);
    const aboutFiles = [...mistakes, ...wrong];
    const asked = removed ? 'togli' : sent.body.azione;
    const all = asked === 'avanti' ? [...mistakesInReport(draft.fields, form, around.t), ...aboutFiles] : aboutFiles;
    if (all.length > 0) {
      show(reply, createElement(DataStep, { around, form, draft, mistakes: all }), 422);
      return;
    }
    if (asked === 'indietro') return go(reply, PRIVACY);
    if (asked === 'avanti') return go(reply, SUMMARY);
    go(reply, asked === 'salva' ? `${DATA}?salvata=si` : `${DATA}#f-files`);
  }

  /** A picture of the draft, shown to who is writing it. */
  @Get('file/:id')
  async file(@Req() request: FastifyRequest, @Res() reply: Reply, @Param('id') id: string): Promise<void> {
    const draft = await this.draftOf(request);
    const file = draft?.files.find(one => one.id === id && /^image\/(jpeg|png|webp)$/.test(one.mediaType));
    const bytes = draft && file && (await this.drafts.open(draft, file));
    if (!bytes) throw new NotFoundException();
    reply
      .code(200)
      .header('content-type', file.mediaType)
      .header('cache-control', 'no-store')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(bytes);
  }

  @Get('riepilogo')
  async summary(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const draft = await this.draftOf(request);
    if (!draft) return go(reply, PRIVACY);
    const around = this.surroundings.of(request);
    const form = await this.form();
    if (mistakesInReport(draft.fields, form, around.t).length > 0) return go(reply, DATA);
    show(reply, createElement(SummaryStep, { around, form, draft }));
  }

  @Post('invio')
  async send(@Req() request: FastifyRequest, @Res() reply: Reply, @Body() body: unknown): Promise<void> {
    const around = this.surroundings.of(request);
    const seen = await this.drafts.get(this.cookies.draft(request, FORM));
    if (seen?.sent !== undefined) return go(reply, RECEIPT);
    if (!seen) return go(reply, PRIVACY);
    const form = await this.form();
    if (mistakesInReport(seen.fields, form, around.t).length > 0) return go(reply, DATA);
    // What is sent is what was shown: a draft that was changed in another tab is shown once more. A second press sends the same.
    const { revisione, prova } = fieldsOf(body, ['revisione', 'prova']);
    const draft = isSending(seen)
      ? seen
      : isSeen(seen, revisione)
        ? await this.drafts.put({ ...seen, sendingSince: Date.now() }).catch(stale)
        : 'stale';
    if (draft === 'stale') {
      const now = await this.drafts.get(seen.id);
      if (!now || now.sent !== undefined || isSending(now)) return go(reply, RECEIPT);
      return show(
        reply,
        createElement(SummaryStep, { around, form, draft: now, trouble: around.t.report.changed }),
        409,
      );
    }
    const handed = await this.handIn(draft, form, prova, request.ip);
    if ('code' in handed) {
      // First it is known to be sent, then its words and files go: a second press finds the receipt.
      await this.drafts.put({ ...draft, fields: {}, files: [], sent: handed.code }).catch(stale);
      for (const file of draft.files) await this.drafts.drop(draft, file);
      await addedToTheirs(this.doors, this.cookies, request, handed.code, draft.fields);
      return go(reply, RECEIPT);
    }
    const now = await this.drafts.get(draft.id);
    if (now?.sent !== undefined) return go(reply, RECEIPT);
    const free = await this.drafts.put({ ...draft, sendingSince: 0 }).catch(stale);
    const shown = free === 'stale' ? draft : free;
    if ('mistakes' in handed) {
      show(reply, createElement(DataStep, { around, form, draft: shown, mistakes: handed.mistakes }), 422);
      return;
    }
    const trouble = handed.refused === 'too-large' ? around.t.tooLarge : around.t.away.text;
    show(
      reply,
      createElement(SummaryStep, { around, form, draft: shown, trouble }),
      handed.refused === 'too-large' ? 422 : 503,
    );
  }

  @Get('ricevuta')
  async receipt(@Req() request: FastifyRequest, @Res() reply: Reply): Promise<void> {
    const draft = await this.drafts.get(this.cookies.draft(request, FORM));
    if (draft?.sent === undefined) return go(reply, PRIVACY);
    const found = await caseSoon(this.doors, draft.sent, request.ip);
    const around = this.surroundings.of(request);
    show(reply, createElement(Receipt, { around, code: draft.sent, found, kind: 'report' }));
  }

  /** The draft of this browser that was not sent yet. */
  private async draftOf(request: FastifyRequest): Promise<Draft | undefined> {
    const draft = await this.drafts.get(this.cookies.draft(request, FORM));
    return draft?.sent === undefined ? draft : undefined;
  }

  private async form(): Promise<Form> {
    const form = await this.doors.form(FORM);
    if (!form) throw new NotFoundException();
    return form;
  }

  private async keepAll(
    draft: Draft,
    uploads: readonly Upload[],
    t: Texts,
  ): Promise<{ files: readonly DraftFile[]; wrong: readonly Mistake[] }> {
    const files: DraftFile[] = [];
    for (const upload of uploads)
      try {
        files.push(await this.drafts.keep(draft, upload));
      } catch (error) {
        if (!(error instanceof NoRoom)) throw error;
        return { files, wrong: [{ field: 'files', detail: t.noRoom }] };
      }
    return { files, wrong: [] };
  }

  private async handIn(draft: Draft, form: Form, proof: string | undefined, client: string): Promise<Handed> {
    const files: Upload[] = [];
    for (const file of draft.files) {
      const bytes = await this.drafts.open(draft, file);
      if (!bytes) return { refused: 'away' };
      files.push({ filename: file.filename, mediaType: file.mediaType, bytes });
    }
    const token = Date.now() - draft.openedAt > TOKEN_MS ? form.token : draft.token;
    return this.doors.submit(FORM, { attempt: draft.attempt, token, proof, fields: draft.fields, files }, client);
  }
}

/** Longer than handing in takes: who was sending until then has died. */
const SENDING_MS = 90_000;
const isSending = ({ sendingSince }: Draft): boolean =>
  sendingSince !== undefined && Date.now() - sendingSince < SENDING_MS;

/** Whether a form was made from a draft as it is now; one that does not say is taken at its word. */
const isSeen = ({ revision }: Draft, said: unknown): boolean =>
  typeof said !== 'string' || said === '' || said === String(revision);

/** That somebody was quicker is a word; anything else goes on as it is. */
function stale(error: unknown): 'stale' {
  if (error instanceof Stale) return 'stale';
  throw error;
}

/** The case of what was just sent, as soon as it is one; `undefined` when that takes longer than a person waits. */
export async function caseSoon(doors: Doors, code: string, client: string): Promise<TrackedCase | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await new Promise(resolve => setTimeout(resolve, BETWEEN_MS));
    const found = await doors.track(code, undefined, client).catch(() => undefined);
    if (found === 'too-many') return undefined;
    if (found && found !== 'held') return found;
  }
  return undefined;
}
