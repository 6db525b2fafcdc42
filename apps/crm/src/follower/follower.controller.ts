import { Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FollowerList, ListMentions, MentionPage } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Followers } from './followers.js';
import { Mentions } from './mentions.js';

/** What an operator wants to hear of. */
@ApiTags('Cases')
@Controller('api')
export class FollowerController {
  constructor(
    @Inject(Followers) private readonly followers: Followers,
    @Inject(Mentions) private readonly mentions: Mentions,
  ) {}

  @Post('cases/:id/followers')
  @HttpCode(200)
  @Operation('followCase', 'Begins to follow a case: it is found again with `followedByMe`', {
    id: 'The case',
    problems: ['malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: FollowerList, description: 'Who follows it' })
  @NeverCached()
  follow(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<FollowerList> {
    return this.following(operator, id, true);
  }

  @Delete('cases/:id/followers/me')
  @Operation('unfollowCase', 'Stops following a case', {
    id: 'The case',
    problems: ['malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: FollowerList, description: 'Who follows it' })
  @NeverCached()
  unfollow(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<FollowerList> {
    return this.following(operator, id, false);
  }

  @Get('mentions')
  @Operation('listMentions', 'Where others named the operator in a note, the newest first', {
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: MentionPage, description: 'A page of mentions' })
  @NeverCached()
  mine(@CurrentOperator() operator: Asking, @Query() filter: ListMentions): Promise<MentionPage> {
    return this.mentions.list(operator, filter);
  }

  @Post('mentions/:id/reading')
  @HttpCode(204)
  @Operation('readMention', 'Marks a mention as read', {
    id: 'The mention',
    problems: ['malformed-request', 'not-found'],
  })
  @ApiNoContentResponse({ description: 'It is marked' })
  async read(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    if (!(await this.mentions.read(operator, id))) throw new Problem('not-found', 'There is no such mention of you.');
  }

  private async following(operator: Asking, id: string, follows: boolean): Promise<FollowerList> {
    const list = await this.followers.follow(operator, id, follows);
    if (!list) throw new Problem('not-found', 'There is no such case.');
    return list;
  }
}
