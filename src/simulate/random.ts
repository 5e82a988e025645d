// Random numbers from a seed: the same seed gives the same numbers on every machine.
//
// Math.random cannot be seeded. The centre needs independent streams for each agent, day and session, so that agents do not
// influence each other. The generator is Chris Doty-Humphrey's sfc32.

/** A stream of pseudo-random numbers. Durations are whole seconds, in milliseconds. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** The stream for `keys`; streams of different keys are independent. */
  constructor(...keys: number[]) {
    this.#a = mixed(keys, 0x9e3779b9);
    this.#b = mixed(keys, 0x243f6a88);
    this.#c = mixed(keys, 0xb7e15162);
    // The first numbers still resemble the key.
    for (let round = 0; round < 12; round++) this.uniform();
  }

  /** From 0 up to but not including 1. */
  uniform(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return (sum >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  between(from: number, to: number): number {
    return from + (to - from) * this.uniform();
  }

  /** A whole number, both ends inclusive. */
  integer(from: number, to: number): number {
    return Math.floor(this.between(from, to + 1));
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** Log-normal: half of the numbers exceed `median`; a larger `sigma` makes a longer tail. */
  logNormal(median: number, sigma: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * this.uniform()));
  }

  /** A duration, uniform between the ends. */
  time(fromMs: number, toMs: number): number {
    return wholeSeconds(this.between(fromMs, toMs));
  }

  /** A log-normal duration, clamped to its limits. */
  longTailTime(medianMs: number, sigma: number, minMs: number, maxMs: number): number {
    return wholeSeconds(Math.min(maxMs, Math.max(minMs, this.logNormal(medianMs, sigma))));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.uniform() * choices.length)]!;
  }

  /** One of the choices, in proportion to its weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const choices = Object.keys(weights) as T[];
    const total = choices.reduce((sum, choice) => sum + weights[choice], 0);
    let rest = this.uniform() * total;
    for (const choice of choices) {
      rest -= weights[choice];
      if (rest < 0) return choice;
    }
    return choices.at(-1)!;
  }
}

/** The nearest whole second, in milliseconds. */
export function wholeSeconds(ms: number): number {
  return Math.round(ms / 1000) * 1000;
}

/** A 32-bit hash of all keys (the finalizer of MurmurHash3 over each). */
function mixed(keys: readonly number[], salt: number): number {
  let hash = salt | 0;
  for (const key of keys) {
    hash = Math.imul(hash ^ key ^ Math.floor(key / 4294967296), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
}
