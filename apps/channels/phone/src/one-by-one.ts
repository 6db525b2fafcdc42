/** Does what concerns one thing after what already concerns it; different things go side by side. */
export class OneByOne {
  private readonly chains = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.chains.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.chains.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.chains.get(key) === mine) this.chains.delete(key);
    }
  }
}
