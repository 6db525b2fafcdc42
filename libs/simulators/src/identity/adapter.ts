import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  /** Milliseconds; absent: for as long as the process lives. */
  readonly until: number | undefined;
}

/** Where the provider keeps what it knows: the memory of this process, for all kinds together. */
export class Memory {
  private readonly kept = new Map<string, Kept>();

  /** The part of one kind. */
  of(model: string): Adapter {
    const keyOf = (id: string): string => `${model}:${id}`;
    const find = async (id: string): Promise<AdapterPayload | undefined> => this.find(keyOf(id));
    const where = (fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      [...this.kept].find(([key, { payload }]) => key.startsWith(`${model}:`) && fits(payload))?.[1].payload;
    return {
      find,
      findByUid: async uid => where(payload => payload.uid === uid),
      findByUserCode: async code => where(payload => payload.userCode === code),
      upsert: async (id, payload, seconds) => {
        this.kept.set(keyOf(id), { payload, until: seconds ? Date.now() + seconds * 1_000 : undefined });
      },
      consume: async id => {
        const payload = this.find(keyOf(id));
        if (payload) Object.assign(payload, { consumed: Math.floor(Date.now() / 1_000) });
      },
      destroy: async id => {
        this.kept.delete(keyOf(id));
      },
      revokeByGrantId: async grantId => {
        for (const [key, { payload }] of this.kept) if (payload.grantId === grantId) this.kept.delete(key);
      },
    };
  }

  private find(key: string): AdapterPayload | undefined {
    const kept = this.kept.get(key);
    if (kept?.until !== undefined && kept.until < Date.now()) {
      this.kept.delete(key);
      return undefined;
    }
    return kept?.payload;
  }
}
