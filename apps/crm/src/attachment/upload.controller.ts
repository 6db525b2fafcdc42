import { Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { MultipartFile } from '@fastify/multipart';
import { UploadView } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Uploads } from './uploads.js';

@ApiTags('Attachments')
@Controller('api/uploads')
export class UploadController {
  constructor(@Inject(Uploads) private readonly uploads: Uploads) {}

  @Post()
  @Operation('uploadFile', 'Keeps a file to send with a reply', {
    description:
      'One file, at most 25 MB, as `multipart/form-data`. Its id is then named in `attachments` of a reply. What it is is read from its bytes; programs, what carries a virus and what cannot be looked into are refused.',
    problems: ['invalid-input', 'malformed-request', 'media-type-not-accepted', 'too-large'],
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    description: 'The file',
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
      example: { file: '…' },
    },
  })
  @ApiCreatedResponse({ type: UploadView, description: 'The file, kept' })
  @NeverCached()
  async upload(
    @CurrentOperator() operator: Asking,
    @Req() request: { readonly isMultipart?: () => boolean; readonly file?: () => Promise<MultipartFile | undefined> },
  ): Promise<UploadView> {
    const file = request.isMultipart?.() ? await request.file?.() : undefined;
    if (!file) throw new Problem('malformed-request', 'Send one file as multipart/form-data.');
    return this.uploads.keep(operator, {
      bytes: await file.toBuffer(),
      filename: file.filename,
    });
  }
}
