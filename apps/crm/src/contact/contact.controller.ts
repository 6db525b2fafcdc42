import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ContactPage, ContactWithCases, ListContacts } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import { CaseQuery } from '../case/case.query.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { ContactQuery } from './contact.query.js';

const LATEST_CASES = 50;

@ApiTags('Contacts')
@Controller('api/contacts')
export class ContactController {
  constructor(
    @Inject(ContactQuery) private readonly contacts: ContactQuery,
    @Inject(CaseQuery) private readonly cases: CaseQuery,
  ) {}

  @Get()
  @Operation('listContacts', 'Lists or searches the people and bodies we know', {
    shows: 'found',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: ContactPage, description: 'A page of contacts' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() filter: ListContacts): Promise<ContactPage> {
    return this.contacts.list(operator, filter);
  }

  @Get(':id')
  @Operation('getContact', 'One contact, with their latest cases', {
    shows: 'one',
    description: 'A contact that turned out to be another is answered as the other.',
    id: 'The contact',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: ContactWithCases, description: 'The contact' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<ContactWithCases> {
    const contact = await this.contacts.one(operator, id);
    if (!contact) throw new Problem('not-found', 'There is no such contact.');
    const { items } = await this.cases.list(operator, { contact: contact.id, limit: LATEST_CASES });
    return { ...contact, cases: items };
  }
}
