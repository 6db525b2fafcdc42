import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HeldAttachmentPage, PageQuery, ReleaseAttachment, type ScanState } from '@filodiretto/contracts';
import { BlobMissing, Problem, RawStore } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { Download, NeverCached, Operation } from '../http/documented.js';
import { download } from '../http/download.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { AttachmentQuery, MAX_INDEX, type StoredFile } from './attachment.query.js';
import { EarlierOriginals } from './earlier.js';
import { HeldFiles } from './held.query.js';
import { Screening } from './screening.js';

const STATES = {
  pending: 'Its bytes have not arrived yet: try again shortly.',
  failed: 'Its bytes could not be fetched from the channel.',
  expired: 'The channel no longer has its bytes.',
} as const;

/** A file that a scanner should have seen is held until it did; `skipped` is said where none is configured. */
const HELD: Readonly<Partial<Record<ScanState, string>>> = {
  infected: 'The virus check refused this file.',
  pending: 'The virus check has not seen this file yet: try again shortly.',
  error: 'Something was found in this file, or it could not be looked into: it is held until a person releases it.',
};

/** Ends a request for bytes that nobody may have as they are. */
export function refuseHeld(scan: ScanState): void {
  const held = HELD[scan];
  if (held) throw new Problem('not-allowed', held);
}

/** The bytes of what citizens sent: always as files to keep, never shown as pages of ours. */
@ApiTags('Attachments')
@Controller('api')
export class AttachmentController {
  constructor(
    @Inject(AttachmentQuery) private readonly attachments: AttachmentQuery,
    @Inject(RawStore) private readonly store: RawStore,
    @Inject(Screening) private readonly screening: Screening,
    @Inject(HeldFiles) private readonly held: HeldFiles,
    @Inject(EarlierOriginals) private readonly earlier: EarlierOriginals,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('attachments/:id')
  @Operation('getAttachment', 'The bytes of an attachment', {
    shows: 'one',
    id: 'The attachment',
    problems: ['not-found', 'not-allowed', 'malformed-request'],
  })
  @Download('application/octet-stream')
  async attachment(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await this.attachments.attachment(operator, id);
    if (!found) throw new Problem('not-found', 'There is no such attachment.');
    if (found.sha256 === null || found.fetch !== 'done')
      throw new Problem('not-found', found.fetch === 'done' ? 'Its bytes are not kept.' : STATES[found.fetch]);
    const { sha256, mediaType, filename } = found;
    refuseHeld(await this.screening.ofAttachment({ ...found, id, sha256 }));
    const file = { sha256, mediaType, filename: filename ?? 'allegato' };
    return download(reply, await this.bytesOf(file), file);
  }

  @Get('held-attachments')
  @Operation('listHeldAttachments', 'Files in which something was found, the oldest first', {
    description:
      'They wait for a person, and so do originals of messages that the scanner refuses as a whole. A file that the scanner has merely not seen yet is among them after a day.',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: HeldAttachmentPage, description: 'A page of files that are held' })
  @NeverCached()
  async listHeld(@CurrentOperator() operator: Asking, @Query() asked: PageQuery): Promise<HeldAttachmentPage> {
    const [page, earlier] = await Promise.all([this.held.list(operator, asked), this.earlier.progress()]);
    return { ...page, ...(earlier ? { earlier } : {}) };
  }

  @Post('attachments/:id/releases')
  @HttpCode(204)
  @Operation('releaseAttachment', 'Lets a file be opened although something was found in it', {
    id: 'The attachment',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiNoContentResponse({ description: 'It is released, and who did it and why is kept' })
  async release(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReleaseAttachment,
  ): Promise<void> {
    await this.work.run(manager => this.held.release(manager, operator, { id, reason }));
  }

  @Get('messages/:id/parts/:part')
  @Operation('getMessagePart', 'A part of a message that is kept beside it', {
    shows: 'one',
    description: 'A text too long to be said inline, a rich text made harmless, an invitation.',
    id: 'The message',
    problems: ['not-found', 'not-allowed', 'malformed-request'],
  })
  @Download('application/octet-stream')
  async part(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('part', ParseIntPipe) part: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await this.attachments.part(operator, id, part);
    if (!found) throw new Problem('not-found', 'There is no such part.');
    const bytes = await this.bytesOf(found);
    if (!found.released)
      refuseHeld(await this.screening.ofKept(operator, { message: id, part, held: found.held }, bytes));
    return download(reply, bytes, found);
  }

  @Post('messages/:id/parts/:part/releases')
  @HttpCode(204)
  @Operation('releaseMessagePart', 'Lets a part of a message be opened although the scanner refuses it', {
    description: 'It is held once somebody asked for it in vain.',
    id: 'The message',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiNoContentResponse({ description: 'It is released, and who did it and why is kept' })
  async releasePart(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) message: string,
    @Param('part', ParseIntPipe) part: number,
    @Body() { reason }: ReleaseAttachment,
  ): Promise<void> {
    // Of an original there is another way, and no part has a number below nought.
    if (part < 0 || part > MAX_INDEX) throw new Problem('not-found', 'There is no such original that is held.');
    await this.work.run(manager => this.held.releaseKept(manager, operator, { message, part, reason }));
  }

  @Get('messages/:id/original')
  @Operation('getOriginal', 'The original of a message, byte for byte', {
    shows: 'one',
    description:
      'Held as long as one of its files is, for it holds them all, and as long as the scanner refuses it as a whole: each is released by itself, the files first.',
    id: 'The message',
    problems: ['not-found', 'not-allowed', 'malformed-request'],
  })
  @Download('application/octet-stream')
  async original(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await this.attachments.original(operator, id);
    if (!found) throw new Problem('not-found', 'There is no such original.');
    const files = await this.attachments.filesOf(operator, id);
    for (const file of files) refuseHeld(await this.screening.ofAttachment(file));
    const bytes = await this.bytesOf(found);
    if (!found.released) refuseHeld(await this.screening.ofKept(operator, { message: id, held: found.held }, bytes));
    return download(reply, bytes, found);
  }

  @Post('messages/:id/original/releases')
  @HttpCode(204)
  @Operation('releaseOriginal', 'Lets the original of a message be opened although the scanner refuses it', {
    description:
      'It is held once somebody asked for it in vain. Files in it that are held are released first, each by itself.',
    id: 'The message',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed'],
  })
  @ApiNoContentResponse({ description: 'It is released, and who did it and why is kept' })
  async releaseOriginal(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) message: string,
    @Body() { reason }: ReleaseAttachment,
  ): Promise<void> {
    await this.work.run(manager => this.held.releaseKept(manager, operator, { message, reason }));
  }

  private async bytesOf(file: StoredFile): Promise<Uint8Array> {
    try {
      return await this.store.open(file);
    } catch (fault) {
      if (fault instanceof BlobMissing) throw new Problem('not-found', 'Its bytes are no longer kept.');
      throw fault;
    }
  }
}
