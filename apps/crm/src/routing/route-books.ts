import { Inject, Injectable } from '@nestjs/common';
import { instant } from '@filodiretto/contracts/model';
import {
  areaOf,
  boxOf,
  isOpen,
  momentOf,
  placeIn,
  route,
  successorOf,
  type Box,
  type Calendar,
  type Facts,
  type Moment,
  type Point,
  type Polygon,
  type Route,
  type RouteBook,
  type SaidPart,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { MachineDataSource } from '../data-source.js';
import { Calendars } from '../office/calendars.js';
import { Category } from '../office/category.entity.js';
import { Office } from '../office/office.entity.js';
import { RoutingRule } from './routing-rule.entity.js';

interface Book extends RouteBook {
  readonly officeNames: ReadonlyMap<string, string>;
  /** Whether any rule looks at words. */
  readonly readsWords: boolean;
  /** The areas of the territory, when any rule looks at them. */
  readonly areas: readonly DrawnArea[];
  /** The usual calendar of the administration, when any rule looks at the hour. */
  readonly calendar: Calendar | null;
  /** Ids of the tags in use, by code. */
  readonly tags: ReadonlyMap<string, string>;
}

/** What reached us, before it is known which of it the rules look at. */
export interface Arrival extends Omit<Facts, 'text' | 'moment' | 'area'> {
  readonly words: () => string;
  /** What was said, where a place may be in it. */
  readonly parts: readonly SaidPart[];
  readonly at: Date;
}

/** How long rules that were read are good for. */
const FRESH_MS = 5_000;

/** What each administration decided on who gets a new case. */
@Injectable()
export class RouteBooks {
  private readonly books = new Map<string, { readAt: number; book: Promise<Book> }>();

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Calendars) private readonly calendars: Calendars,
  ) {}

  /** Who should get a new case, and why; by the rules as they were within the last few seconds. */
  async route(administrationId: string, { words, at, parts, ...facts }: Arrival): Promise<Route> {
    const book = await this.book(administrationId);
    return route(
      {
        ...facts,
        ...(book.readsWords ? { text: words() } : {}),
        ...(book.areas.length > 0 ? { area: areaSaid(book.areas, parts) } : {}),
        ...(book.calendar ? { moment: momentIn(book.calendar, at) } : {}),
      },
      book,
    );
  }

  /** Ids of the tags that a route gives; one that is no longer in use is left out. */
  async tagsOf(administrationId: string, { tags }: Route): Promise<string[]> {
    if (tags.length === 0) return [];
    const book = await this.book(administrationId);
    return [...new Set(tags)].flatMap(code => book.tags.get(code) ?? []);
  }

  /** The name of an office, as citizens read it. */
  async officeName(administrationId: string, officeId: string): Promise<string | undefined> {
    return (await this.book(administrationId)).officeNames.get(officeId);
  }

  /** The rules were changed: they are read again for the next case. Other processes see them within seconds. */
  forget(administrationId: string): void {
    this.books.delete(administrationId);
  }

  private book(administrationId: string): Promise<Book> {
    const found = this.books.get(administrationId);
    if (found && Date.now() - found.readAt < FRESH_MS) return found.book;
    const book = this.read(administrationId);
    this.books.set(administrationId, { readAt: Date.now(), book });
    book.catch(() => this.books.delete(administrationId));
    return book;
  }

  private async read(administrationId: string): Promise<Book> {
    const [rows, categories, offices, tags] = await Promise.all([
      this.dataSource.getRepository(RoutingRule).findBy({ administrationId }),
      this.dataSource.getRepository(Category).findBy({ administrationId, active: true }),
      this.dataSource.getRepository(Office).findBy({ administrationId }),
      this.dataSource.query<{ id: string; code: string }[]>(
        'select id, code from tag where administration_id = $1 and retired_at is null',
        [administrationId],
      ),
    ]);
    const tree = new Map(
      offices.map(({ parentId: parent, successorId: successor, ...office }) => [
        office.id,
        { ...office, parent, successor },
      ]),
    );
    // An office that ended is given nothing: whoever succeeds it is.
    const answering = (id: string | null): string | null => id && successorOf(tree, id);
    const rules = rows.map(({ conditions, ...rule }) => ({
      ...rule,
      officeId: answering(rule.officeId),
      when: conditions,
    }));
    return {
      rules,
      categories: categories.map(category => ({ ...category, officeId: answering(category.officeId) })),
      defaultOffice: null,
      tags: new Map(tags.map(({ id, code }) => [code, id])),
      officeNames: new Map(offices.map(({ id, name }) => [id, name])),
      areas: rules.some(({ when }) => when.area) ? await areasOf(this.dataSource.manager, administrationId) : [],
      readsWords: rules.some(({ when }) => when.words !== undefined),
      calendar: rules.some(({ when }) => when.hours)
        ? await this.calendars.calendarOf(this.dataSource.manager, administrationId, null)
        : null,
    };
  }
}

/** A part of the territory, by the code that rules know it by. */
export interface DrawnArea {
  readonly code: string;
  readonly polygon: Polygon;
  readonly box: Box;
}

/** All areas of an administration. */
export async function areasOf(manager: EntityManager, administrationId: string): Promise<DrawnArea[]> {
  const areas: { code: string; polygon: Polygon }[] = await manager.query(
    'select code, outlines as polygon from area where administration_id = $1 order by id',
    [administrationId],
  );
  return areas.map(area => ({ ...area, box: boxOf(area.polygon) }));
}

/** The code of the smallest area in which a message says that it is; null: it says no point, or one outside of all. */
export function areaSaid(areas: readonly DrawnArea[], parts: readonly SaidPart[]): string | null {
  const point = placeIn(parts)?.point;
  return point
    ? (areaOf(
        areas.filter(({ box }) => isInBox(box, point)),
        point,
      )?.code ?? null)
    : null;
}

const isInBox = ({ west, east, south, north }: Box, { longitude, latitude }: Point): boolean =>
  west <= longitude && longitude <= east && south <= latitude && latitude <= north;

/** A moment on a calendar, as conditions look at it. */
export const momentIn = (calendar: Calendar, at: Date): Moment =>
  momentOf(at, calendar.timeZone, isOpen(calendar, instant(at)));
