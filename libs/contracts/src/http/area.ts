import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateIf } from 'class-validator';
import { Described } from '../described.js';
import { Id, ListOf, OneOf, Text, One } from '../fields.js';

const MAX_OUTLINES = 50;
const EXAMPLE = [[[11.19, 43.79], [11.21, 43.79], [11.21, 43.81], [11.19, 43.79]]];

/** The outlines of a polygon; that they are some is said by the rules. */
const Outlines = (description: string): PropertyDecorator =>
  applyDecorators(
    Described({
      description,
      type: 'array',
      minItems: 1,
      maxItems: MAX_OUTLINES,
      items: { type: 'array', items: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } } },
      example: EXAMPLE,
    }),
    ValidateIf(() => true),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MAX_OUTLINES),
  );

/** A polygon as GeoJSON (RFC 7946) writes it. */
export class PolygonGeometry {
  @OneOf('What it is', ['Polygon'], { example: 'Polygon' }) readonly type: 'Polygon';
  @Outlines('The border and its holes, each closed, of longitudes and latitudes') readonly coordinates: number[][][];
}

/** A part of the territory, by its border. */
export class AreaView {
  @Id('Area') readonly id: string;
  @Text('Code, its own in the administration', { max: 100, example: 'centro' }) readonly code: string;
  @Text('Its name', { max: 300, example: 'Centro storico' }) readonly name: string;
  @One('Its border', () => PolygonGeometry) readonly geometry: PolygonGeometry;
}
export class AreaList {
  @ListOf('Areas, by name', () => AreaView, { max: 1_000 }) readonly items: AreaView[];
}

const CODE = /^[a-z0-9][a-z0-9_-]*$/;

export class DrawArea {
  @Text('Code, its own in the administration', { max: 100, pattern: CODE, example: 'centro' }) readonly code: string;
  @Text('Its name', { max: 300, example: 'Centro storico' }) readonly name: string;
  @One('Its border', () => PolygonGeometry) readonly geometry: PolygonGeometry;
}
export class ChangeArea {
  @Text('Its name', { max: 300, optional: true, example: 'Centro storico' }) readonly name?: string;
  @One('Its border', () => PolygonGeometry, { optional: true }) readonly geometry?: PolygonGeometry;
}
