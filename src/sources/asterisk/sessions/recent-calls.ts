// A bounded set of the ids of calls that an agent answered recently.

/** A call that comes back does so within minutes, but a session without an end may last for years. */
const MIN_CALLS = 1_000;

/** Keeps at least the last thousand ids and at most twice as many: dropping half at once costs less than one at a time. */
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
