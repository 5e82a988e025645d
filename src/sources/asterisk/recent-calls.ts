// The calls that an agent has answered lately, by their ids.

/** A call that comes back does so within minutes; a membership that is never removed may last for years. */
const MAX_CALLS = 1_000;

export class RecentCalls {
  private readonly ids = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(id: string): void {
    if (this.ids.size >= MAX_CALLS && !this.ids.has(id))
      this.ids.delete(this.ids.values().next().value as string);
    this.ids.add(id);
  }
}
