/** What a telephone queue is like: calls at random, handled for times that are exponential, nobody hangs up. */
export interface Traffic {
  readonly callsPerHour: number;
  readonly handlingSeconds: number;
  readonly operators: number;
}

export interface Expected {
  /** Offered traffic, in Erlangs. */
  readonly erlangs: number;
  /** Probability that a call waits. */
  readonly waits: number;
  /** Average speed of answer, in seconds, of all calls. */
  readonly averageSeconds: number;
  /** Share of the operators' time in which they are busy. */
  readonly occupancy: number;
  /** Share of the calls answered within so many seconds. */
  serviceLevel(seconds: number): number;
}

/** What the Erlang C formula expects. Throws a `RangeError` when there are not more operators than Erlangs: the queue never ends. */
export function erlangC({ callsPerHour, handlingSeconds, operators }: Traffic): Expected {
  const erlangs = (callsPerHour / 3_600) * handlingSeconds;
  if (operators <= erlangs) throw new RangeError(`${operators} operators cannot answer ${erlangs.toFixed(2)} Erlangs`);
  let blocked = 1;
  for (let k = 1; k <= operators; k += 1) blocked = (erlangs * blocked) / (k + erlangs * blocked);
  const waits = (operators * blocked) / (operators - erlangs * (1 - blocked));
  return {
    erlangs,
    waits,
    averageSeconds: (waits * handlingSeconds) / (operators - erlangs),
    occupancy: erlangs / operators,
    serviceLevel: seconds => 1 - waits * Math.exp((-(operators - erlangs) * seconds) / handlingSeconds),
  };
}
