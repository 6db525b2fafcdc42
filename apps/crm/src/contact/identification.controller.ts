import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ContactIdentifications, IdentifyContact, WithdrawIdentification } from '@filodiretto/contracts';
import { existing, ToMake } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { granted, UnitOfWork, type Making } from '../http/unit-of-work.js';
import { Identifications } from './identifications.js';

@ApiTags('Contacts')
@Controller('api')
export class IdentificationController {
  constructor(
    @Inject(Identifications) private readonly identifications: Identifications,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('contacts/:id/identifications')
  @Operation('listIdentifications', 'How sure it is who a contact is, and why', {
    shows: 'one',
    id: 'The contact',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: ContactIdentifications, description: 'The identifications' })
  @NeverCached()
  async list(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ContactIdentifications> {
    return existing(await this.identifications.of(operator, id), 'There is no such contact.');
  }

  @Post('contacts/:id/identifications')
  @Operation('identifyContact', 'Writes down that it is certain which contact somebody is', {
    description:
      'By a document that was looked at, or by the login of who showed a case of theirs. Of a fiscal code a keyed print is kept, of the document its kind alone. From then on who logs in with that fiscal code sees everything that is kept of the contact.',
    id: 'The contact',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: ContactIdentifications, description: 'The identifications after it' })
  @NeverCached()
  async identify(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) contact: string,
    @Body() asked: IdentifyContact,
    @ToMake() making: Making,
  ): Promise<ContactIdentifications> {
    await this.work.make(making, (manager, id) => this.identifications.write(manager, operator, contact, id, asked));
    return this.list(operator, contact);
  }

  @Post('contact-identifications/:id/withdrawal')
  @HttpCode(200)
  @Operation('withdrawIdentification', 'Takes an identification back: it was of somebody else', {
    id: 'The identification',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: ContactIdentifications, description: 'The identifications after it' })
  @NeverCached()
  async withdraw(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: WithdrawIdentification,
  ): Promise<ContactIdentifications> {
    const { contactId } = granted(
      await this.work.run(manager => this.identifications.withdraw(manager, operator, id, reason)),
    );
    return this.list(operator, contactId);
  }
}
