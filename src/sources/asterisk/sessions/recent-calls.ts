// The calls that an agent has answered lately, by their ids.

/** A call that comes back does so within minutes; a membership that is never removed may last for years. */
const MIN_CALLS = 1_000;

/** At least the last thousand, at most twice as many: the older half goes at once, which costs less than one after the other. */
export class RecentCalls {
  private latest = new Set<string>();
  private earlier: ReadonlySet<string> = new Set();

  has(id: string): boolean {
    return this.latest.has(id) || this.earlier.has(id);
  }

  add(id: string): void {
    if (this.latest.size >= MIN_CALLS && !this.latest.has(id)) {
      this.earlier = this.latest;
      this.latest = new Set();
    }
    this.latest.add(id);
  }
}
