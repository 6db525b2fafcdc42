import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 } from 'uuid';
import { Rights } from '../privacy/rights.js';
import { Erasures } from './erasures.js';

/** Carries out the citizens' right to be forgotten, when their request for it is granted. */
@Injectable()
export class ErasureRight implements OnModuleInit {
  constructor(
    @Inject(Rights) private readonly rights: Rights,
    @Inject(Erasures) private readonly erasures: Erasures,
  ) {}

  onModuleInit(): void {
    this.rights.serve('erasure', (manager, { id, administrationId, contactId, caseId, operatorId }) =>
      this.erasures.beginAfter(
        manager,
        {
          id: v7(),
          administrationId,
          contactId,
          because: 'request',
          reason: 'Art. 17 GDPR',
          operatorId,
          requestId: id,
        },
        caseId,
      ),
    );
  }
}
