import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiExtraModels,
  getSchemaPath,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  AreaList,
  AreaView,
  CaseFeatures,
  CasesOnMap,
  CaseView,
  ChangeArea,
  DrawArea,
  MapView,
  SetPlace,
} from '@filodiretto/contracts';
import { mapOf } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { CaseAnswers } from '../case/case-answers.js';
import type { CaseRequest } from '../case/case-request.js';
import { OnCase, ToMake, existing } from '../http/asked.js';
import { IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { CrmSettings } from '../settings.js';
import { Areas } from './areas.js';
import { MapQuery } from './map.query.js';
import { Places } from './places.js';

const GEOJSON = 'application/geo+json';

@ApiTags('Places')
@Controller('api')
export class PlaceController {
  private readonly territory: MapView;

  constructor(
    @Inject(CrmSettings) { consoleMapFile, consoleTiles, consoleTilesBy }: CrmSettings,
    @Inject(MapQuery) private readonly map: MapQuery,
    @Inject(Places) private readonly places: Places,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(CaseAnswers) private readonly answers: CaseAnswers,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {
    const { outline, ...tiles } = mapOf({
      file: consoleMapFile,
      tiles: consoleTiles,
      tilesBy: consoleTilesBy,
      fileSetting: 'CONSOLE_MAP_FILE',
    });
    this.territory = { outline: { ...outline }, ...tiles };
  }

  @Get('map')
  @Operation('getMap', 'What a map of the territory is drawn from', {
    description: 'The outlines and the tiles of the configuration, for maps of cases.',
  })
  @ApiOkResponse({ type: MapView, description: 'The map' })
  drawn(): MapView {
    return this.territory;
  }

  @Get('map/cases')
  @Operation('mapCases', 'Cases with their point, as GeoJSON', {
    shows: 'found',
    description:
      'A FeatureCollection (RFC 7946), paged: `next` is the `after` of the following one. It tells nothing of whose a case is nor what was said; a confidential case is on no map.',
    problems: ['invalid-input'],
  })
  @Header('content-type', GEOJSON)
  @ApiExtraModels(CaseFeatures)
  @ApiOkResponse({
    description: 'The cases',
    content: { [GEOJSON]: { schema: { $ref: getSchemaPath(CaseFeatures) } } },
  })
  @NeverCached()
  features(@CurrentOperator() operator: Asking, @Query() asked: CasesOnMap): Promise<CaseFeatures> {
    return this.map.features(operator, asked);
  }

  @Put('cases/:id/place')
  @Operation('setPlace', 'Says where a case is', {
    description:
      'A point, an address or both; with neither, what was said is taken back. No machine replaces what a person said.',
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: CaseView, description: 'The case after it' })
  @ApiNoContentResponse({ description: 'It is done; the case is no longer one that they see' })
  @NeverCached()
  async place(
    @OnCase('seen') what: CaseRequest,
    @Body() asked: SetPlace,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView | undefined> {
    return this.answers.changed(what, reply, manager => this.places.set(manager, what, asked));
  }

  @Get('areas')
  @Operation('listAreas', 'The parts of the territory')
  @ApiOkResponse({ type: AreaList, description: 'Every area, by name' })
  list(@CurrentOperator() operator: Asking): Promise<AreaList> {
    return this.areas.list(operator);
  }

  @Post('areas')
  @Operation('drawArea', 'Draws an area', {
    description: 'The cases find the smallest area they are in soon afterwards.',
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: AreaView, description: 'The area' })
  async draw(
    @CurrentOperator() operator: Asking,
    @Body() asked: DrawArea,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AreaView> {
    const { id } = await this.work.make(making, (manager, made) => this.areas.draw(manager, operator, made, asked));
    reply.header('location', `/api/areas/${id}`);
    return this.area(operator, id);
  }

  @Get('areas/:id')
  @Operation('getArea', 'One area', { id: 'The area', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: AreaView, description: 'The area' })
  one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<AreaView> {
    return this.area(operator, id);
  }

  @Patch('areas/:id')
  @Operation('changeArea', 'Names an area anew, or draws its border anew', {
    id: 'The area',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed'],
  })
  @ApiOkResponse({ type: AreaView, description: 'The area after it' })
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: ChangeArea,
  ): Promise<AreaView> {
    await this.work.run(manager => this.areas.change(manager, operator, id, asked));
    return this.area(operator, id);
  }

  @Delete('areas/:id')
  @HttpCode(204)
  @Operation('removeArea', 'Removes an area; its cases stay where they are', {
    id: 'The area',
    problems: ['not-found', 'malformed-request', 'not-allowed'],
  })
  @ApiNoContentResponse({ description: 'It is gone' })
  async remove(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.work.run(manager => this.areas.remove(manager, operator, id));
  }

  private async area(operator: Asking, id: string): Promise<AreaView> {
    return existing(await this.areas.one(operator, id), 'There is no such area.');
  }
}
