import { Controller, Get, Inject, Param, ParseIntPipe, ParseUUIDPipe, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ScanState } from '@filodiretto/contracts';
import { BlobMissing, Problem, RawStore } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { Download, Operation } from '../http/documented.js';
import { download } from '../http/download.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { AttachmentQuery, type StoredFile } from './attachment.query.js';

const STATES = {
  pending: 'Its bytes have not arrived yet: try again shortly.',
  failed: 'Its bytes could not be fetched from the channel.',
  expired: 'The channel no longer has its bytes.',
} as const;

/** A file that a scanner should have seen is held until it did; `skipped` is said where none is configured. */
const HELD: Readonly<Partial<Record<ScanState, string>>> = {
  infected: 'The virus check refused this file.',
  pending: 'The virus check has not seen this file yet: try again shortly.',
  error: 'The virus check could not read this file: it is held.',
};

/** The bytes of what citizens sent: always as files to keep, never shown as pages of ours. */
@ApiTags('Attachments')
@Controller('api')
export class AttachmentController {
  constructor(
    @Inject(AttachmentQuery) private readonly attachments: AttachmentQuery,
    @Inject(RawStore) private readonly store: RawStore,
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
    const held = HELD[found.scan];
    if (held && found.fetch === 'done') throw new Problem('not-allowed', held);
    if (found.sha256 === null || found.fetch !== 'done')
      throw new Problem('not-found', found.fetch === 'done' ? 'Its bytes are not kept.' : STATES[found.fetch]);
    const { sha256, mediaType, filename } = found;
    return this.give(reply, { sha256, mediaType, filename: filename ?? 'allegato' });
  }

  @Get('messages/:id/parts/:part')
  @Operation('getMessagePart', 'A part of a message that is kept beside it', {
    shows: 'one',
    description: 'A text too long to be said inline, a rich text made harmless, an invitation.',
    id: 'The message',
    problems: ['not-found', 'malformed-request'],
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
    return this.give(reply, found);
  }

  @Get('messages/:id/original')
  @Operation('getOriginal', 'The original of a message, byte for byte', {
    shows: 'one',
    id: 'The message',
    problems: ['not-found', 'malformed-request'],
  })
  @Download('application/octet-stream')
  async original(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await this.attachments.original(operator, id);
    if (!found) throw new Problem('not-found', 'There is no such original.');
    return this.give(reply, found);
  }

  private async give(reply: FastifyReply, file: StoredFile): Promise<StreamableFile> {
    try {
      return download(reply, await this.store.open(file), file);
    } catch (fault) {
      if (fault instanceof BlobMissing) throw new Problem('not-found', 'Its bytes are no longer kept.');
      throw fault;
    }
  }
}
