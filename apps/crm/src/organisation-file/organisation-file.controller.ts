import {
  applyDecorators,
  Controller,
  Get,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { MultipartFile } from '@fastify/multipart';
import { ImportQuery, ImportReport, IpaImportQuery } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Download, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { LockedTree } from '../office/locked-tree.js';
import { Roles } from '../permission/roles.js';
import { fileOf, rowsOf, type FileRow } from './csv.js';
import { IpaFile } from './ipa-file.js';
import { OFFICE_COLUMNS, OfficeFile } from './office-file.js';
import { OPERATOR_COLUMNS, OperatorFile } from './operator-file.js';
import { takeIn, type Tally } from './report.js';

interface Upload {
  readonly isMultipart?: () => boolean;
  readonly file?: () => Promise<MultipartFile | undefined>;
  /** The bytes, when they were sent as CSV and not in a form. */
  readonly body?: unknown;
}

const CSV = 'text/csv';
const TAKE_IN =
  'One file, at most 25 MB, as `text/csv` or as `multipart/form-data`: CSV in UTF-8, separated by semicolons, commas or tabs. Rows are known by their codes: the same file twice changes nothing. A column that is left out stays as it is, an empty cell clears; hours are written as `lun-ven 08:30-12:30, 14:00-17:00 | sab 9-12`, closures as `2026-08-10..2026-08-21 Ferie | 2026-12-24 Vigilia`; offices and people that no row names stay. All of it happens or, when a row is not right, nothing.';
const PROBLEMS = ['invalid-input', 'malformed-request', 'not-allowed', 'too-large', 'media-type-not-accepted'] as const;
const FILE = {
  description: 'The file',
  schema: {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'string', format: 'binary' } },
    example: { file: 'code;name;kind;parent;tier' },
  },
} as const;

const TakesFile = (): MethodDecorator => applyDecorators(ApiConsumes('multipart/form-data', CSV), ApiBody(FILE));

/** Offices and operators, many at a time. */
@ApiTags('Organisation')
@Controller('api')
export class OrganisationFileController {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(OfficeFile) private readonly offices: OfficeFile,
    @Inject(OperatorFile) private readonly operators: OperatorFile,
    @Inject(IpaFile) private readonly ipa: IpaFile,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  @Get('exports/offices')
  @Operation('exportOffices', 'The active offices as a file, each after the one above it', {
    shows: 'file',
  })
  @Download(CSV)
  @NeverCached()
  async exportOffices(
    @CurrentOperator() { administrationId }: Asking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return file(
      reply,
      'offices.csv',
      OFFICE_COLUMNS,
      await this.offices.rows(this.dataSource.manager, administrationId),
    );
  }

  @Get('exports/operators')
  @Operation('exportOperators', 'The active operators as a file', { shows: 'file', problems: ['not-allowed'] })
  @Download(CSV)
  @NeverCached()
  async exportOperators(
    @CurrentOperator() { administrationId }: Asking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return file(
      reply,
      'operators.csv',
      OPERATOR_COLUMNS,
      await this.operators.rows(this.dataSource.manager, administrationId),
    );
  }

  @Post('imports/offices')
  @HttpCode(200)
  @Operation('importOffices', 'Makes and changes offices from a file', { description: TAKE_IN, problems: PROBLEMS })
  @TakesFile()
  @ApiOkResponse({ type: ImportReport, description: 'What the file does, or would do' })
  @NeverCached()
  async importOffices(
    @CurrentOperator() operator: Asking,
    @Query() asked: ImportQuery,
    @Req() request: Upload,
  ): Promise<ImportReport> {
    return this.take(operator, asked, request, (tree, rows, tally) => this.offices.take(tree, rows, tally));
  }

  @Post('imports/operators')
  @HttpCode(200)
  @Operation('importOperators', 'Makes and changes operators from a file', { description: TAKE_IN, problems: PROBLEMS })
  @TakesFile()
  @ApiOkResponse({ type: ImportReport, description: 'What the file does, or would do' })
  @NeverCached()
  async importOperators(
    @CurrentOperator() operator: Asking,
    @Query() asked: ImportQuery,
    @Req() request: Upload,
  ): Promise<ImportReport> {
    return this.take(operator, asked, request, (tree, rows, tally) =>
      this.operators.take(tree, rows, tally, given => this.roles.whyNotGive(operator, given)),
    );
  }

  @Post('imports/ipa-offices')
  @HttpCode(200)
  @Operation('importIpaOffices', 'Makes and changes offices from the public index of administrations', {
    description: `The open data "Unità organizzative" of IndicePA; only the rows of one administration are taken. ${TAKE_IN}`,
    problems: PROBLEMS,
  })
  @TakesFile()
  @ApiOkResponse({ type: ImportReport, description: 'What the file does, or would do' })
  @NeverCached()
  async importIpa(
    @CurrentOperator() operator: Asking,
    @Query() asked: IpaImportQuery,
    @Req() request: Upload,
  ): Promise<ImportReport> {
    return this.take(operator, asked, request, (tree, rows, tally) => {
      const code = asked.administration ?? tree.offices.get(tree.administrationId)?.ipaCode;
      if (!code)
        throw new Problem('invalid-input', 'Say whose rows: the administration has no code of the index.', {
          errors: [{ pointer: '/administration', detail: 'must be said, or be the `ipaCode` of the administration' }],
        });
      return this.ipa.take(tree, code, rows, tally);
    });
  }

  private async take(
    { administrationId }: Asking,
    { mode = 'preview' }: ImportQuery,
    request: Upload,
    into: (tree: LockedTree, rows: AsyncIterable<FileRow>, tally: Tally) => Promise<void>,
  ): Promise<ImportReport> {
    // Read before the organisation is locked: a slow line must not hold up the others.
    const bytes = await bytesOf(request);
    return takeIn(this.work, mode, async (manager, tally) =>
      into(await LockedTree.open(manager, administrationId), rowsOf(inPieces(bytes)), tally),
    );
  }
}

async function bytesOf(request: Upload): Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) return request.body;
  const upload = request.isMultipart?.() ? await request.file?.() : undefined;
  if (!upload)
    throw new Problem('media-type-not-accepted', 'Send one file, as text/csv or in a form as multipart/form-data.');
  return upload.toBuffer();
}

const PIECE = 64 * 1024;

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

function file(
  reply: FastifyReply,
  name: string,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): StreamableFile {
  reply.header('x-content-type-options', 'nosniff');
  return new StreamableFile(fileOf(columns, rows), {
    type: `${CSV}; charset=utf-8`,
    disposition: `attachment; filename="${name}"`,
  });
}
