/** Conditions of one statement, each with its parameters: `$?` stands for the next one. */
export class Where {
  private readonly conditions: string[] = [];

  /** Several of one statement share their parameters. */
  constructor(readonly parameters: unknown[] = []) {}

  /** Adds a condition unless a value of it is absent. */
  and(condition: string, ...values: readonly unknown[]): this {
    if (values.some(value => value === undefined)) return this;
    let next = 0;
    this.conditions.push(
      condition.replaceAll('$?', () => {
        this.parameters.push(values[next]);
        next += 1;
        return `$${this.parameters.length}`;
      }),
    );
    return this;
  }

  /** How many conditions there are. */
  get size(): number {
    return this.conditions.length;
  }

  /** A parameter outside the conditions. */
  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  toString(): string {
    return this.conditions.map(condition => `(${condition})`).join(' and ');
  }
}

/** Text that means itself inside a LIKE pattern. */
export const literal = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
