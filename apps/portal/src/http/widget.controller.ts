import { createHash } from 'node:crypto';
import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Assets } from './assets.js';
import type { Reply } from './page.js';

/** The widget that the administration's own site shows: the same bytes for everybody, with nothing of who asks in them. */
@Controller()
export class WidgetController {
  constructor(@Inject(Assets) private readonly assets: Assets) {}

  @Get('widget.js')
  entry(@Req() request: FastifyRequest, @Res() reply: Reply): void {
    this.give('widget.js', request, reply);
  }

  @Get('widget/:name')
  part(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: Reply): void {
    this.give(`widget/${name}`, request, reply);
  }

  private give(path: string, request: FastifyRequest, reply: Reply): void {
    const asset = this.assets.widget(path);
    if (!asset) throw new NotFoundException();
    const etag = `"${createHash('sha256').update(asset.bytes).digest('hex').slice(0, 32)}"`;
    reply
      .header('content-type', asset.mediaType)
      // Pages of every site may load it: what they may do with it, the chat decides by their origin.
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'public, max-age=300')
      .header('etag', etag)
      .header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === etag) {
      reply.code(304).send(undefined);
      return;
    }
    const packed = asset.gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? asset.gzip : undefined;
    if (packed) reply.header('content-encoding', 'gzip');
    reply.code(200).send(packed ?? asset.bytes);
  }
}
