import { Inject, Injectable } from '@nestjs/common';
import type { MessageView } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { messageView, ONE_MESSAGE, type MessageRow } from './message.view.js';

/** One message as people read it. */
@Injectable()
export class MessageQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** `undefined` when the administration has none of this id. */
  async one({ administrationId }: Pick<Asking, 'administrationId'>, id: string): Promise<MessageView | undefined> {
    const rows: MessageRow[] = await this.dataSource.query(ONE_MESSAGE, [administrationId, id]);
    return rows[0] && messageView(rows[0]);
  }
}
