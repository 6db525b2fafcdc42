import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AskTask, ListTasks, MoveTask, TaskList, TaskPage, TaskView } from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import type { CaseRequest } from '../case/case-request.js';
import { OnCase, ToMake, existing } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { TaskQuery } from './task.query.js';
import { Tasks } from './tasks.js';

/** Questions to other offices and to bodies outside, while a case stays where it is. */
@ApiTags('Tasks')
@Controller('api')
export class TaskController {
  constructor(
    @Inject(TaskQuery) private readonly query: TaskQuery,
    @Inject(Tasks) private readonly tasks: Tasks,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('tasks')
  @Operation('listTasks', 'The tasks of the administration, the newest first', {
    problems: ['invalid-input', 'malformed-request'],
  })
  @ApiOkResponse({ type: TaskPage, description: 'A page' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() filter: ListTasks): Promise<TaskPage> {
    return this.query.list(operator, filter);
  }

  @Get('cases/:id/tasks')
  @Operation('listCaseTasks', 'What was asked of other offices about a case', {
    shows: 'one',
    id: 'The case',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: TaskList, description: 'All of them' })
  @NeverCached()
  async ofCase(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<TaskList> {
    return { items: existing(await this.query.ofCase(operator, id), 'There is no such case.') };
  }

  @Post('cases/:id/tasks')
  @Operation('askTask', 'Puts a question to another office, or to a body outside; the case stays where it is', {
    description:
      'Who is asked gets a letter with the question alone, its term, and links by which to answer, ask for time or send it back. Several may be open at once.',
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: TaskView, description: 'The task' })
  @NeverCached()
  async ask(@OnCase() what: CaseRequest, @Body() asked: AskTask, @ToMake() making: Making): Promise<TaskView> {
    const { id } = await this.work.make(making, (manager, made) => this.tasks.ask(manager, what, made, asked));
    return this.shown(what.operator, id);
  }

  @Get('tasks/:id')
  @Operation('getTask', 'A task', { shows: 'one', id: 'The task', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: TaskView, description: 'The task' })
  @NeverCached()
  one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<TaskView> {
    return this.shown(operator, id);
  }

  @Post('tasks/:id/moves')
  @HttpCode(200)
  @Operation('moveTask', 'Answers a task, puts it off, sends it back, or cancels it', {
    id: 'The task',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: TaskView, description: 'The task after it' })
  @NeverCached()
  async move(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) taskId: string,
    @Body() asked: MoveTask,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    const what = { operator, taskId, cause: correlationOf(request) };
    await this.work.run(manager => this.tasks.move(manager, what, asked));
    return this.shown(operator, taskId);
  }

  private async shown(operator: Asking, id: string): Promise<TaskView> {
    return existing(await this.query.one(operator, id), 'There is no such task.');
  }
}
