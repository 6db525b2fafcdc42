import { Inject, Injectable } from '@nestjs/common';
import { route, type Route, type RouteBook, type RouteRequest } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { Category } from '../office/category.entity.js';
import { Office } from '../office/office.entity.js';
import { RoutingRule } from './routing-rule.entity.js';

interface Book extends RouteBook {
  readonly officeNames: ReadonlyMap<string, string>;
}

/** How long rules that were read are good for. */
const FRESH_MS = 5_000;

/** What each administration decided on who gets a new case. */
@Injectable()
export class RouteBooks {
  private readonly books = new Map<string, { readAt: number; book: Promise<Book> }>();

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Who should get a new case, and why; by the rules as they were within the last few seconds. */
  async route(administrationId: string, request: RouteRequest): Promise<Route> {
    return route(request, await this.book(administrationId));
  }

  /** The name of an office, as citizens read it. */
  async officeName(administrationId: string, officeId: string): Promise<string | undefined> {
    return (await this.book(administrationId)).officeNames.get(officeId);
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
    const [rules, categories, offices] = await Promise.all([
      this.dataSource.getRepository(RoutingRule).findBy({ administrationId }),
      this.dataSource.getRepository(Category).findBy({ administrationId }),
      this.dataSource.getRepository(Office).findBy({ administrationId }),
    ]);
    return { rules, categories, defaultOffice: null, officeNames: new Map(offices.map(({ id, name }) => [id, name])) };
  }
}
