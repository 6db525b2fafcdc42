import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CategoryList, MeView, OfficeList, OperatorList } from '@filodiretto/contracts';
import { Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { OrganisationQuery } from './organisation.query.js';

@ApiTags('Organisation')
@Controller('api')
export class OrganisationController {
  constructor(@Inject(OrganisationQuery) private readonly organisation: OrganisationQuery) {}

  @Get('offices')
  @Operation('listOffices', 'The tree of offices of the administration')
  @ApiOkResponse({ type: OfficeList, description: 'All of them, by name' })
  offices(@CurrentOperator() operator: Asking): Promise<OfficeList> {
    return this.organisation.offices(operator);
  }

  @Get('operators')
  @Operation('listOperators', 'The people who answer citizens')
  @ApiOkResponse({ type: OperatorList, description: 'All of them, by name' })
  operators(@CurrentOperator() operator: Asking): Promise<OperatorList> {
    return this.organisation.operators(operator);
  }

  @Get('operators/me')
  @Operation('getMe', 'The operator whose token this is')
  @ApiOkResponse({ type: MeView, description: 'The operator and their administration' })
  me(@CurrentOperator() operator: Asking): Promise<MeView> {
    return this.organisation.me(operator);
  }

  @Get('categories')
  @Operation('listCategories', 'The categories that routing looks at')
  @ApiOkResponse({ type: CategoryList, description: 'All of them, by label' })
  categories(@CurrentOperator() operator: Asking): Promise<CategoryList> {
    return this.organisation.categories(operator);
  }
}
