// The queues of one agent's session: which ones the agent is in, what keeps the session open, and where the agent is paused.

interface Membership {
  /**
   * The names by which the agent was added (a phone and a softphone may both be), and when, in UTC milliseconds; none if the
   * queue is known only by what happened in it.
   */
  names: Map<string, number>;
  /** Whether the session lasts for as long as this. */
  holds: boolean;
  /** Whether a logoff ends this as well. */
  endsWithLogin: boolean;
  pause: Pause | undefined;
}

interface Pause {
  reason: string;
  /** Later pauses have greater numbers. */
  nth: number;
}

export class Memberships {
  private readonly queues = new Map<string, Membership>();
  /** The reason for which every queue is paused, those that are not known as well. */
  private pausedAll: string | undefined;
  private pauses = 0;

  /** True if the agent is in the queue by this name, or by whatever name if that was never written. */
  has(queue: string, name: string): boolean {
    const membership = this.queues.get(queue);
    if (membership === undefined) return false;
    return membership.names.has(name) || (membership.names.size === 0 && membership.holds);
  }

  /** @param endsWithLogin whether a logoff ends the membership, too, also where nobody writes it */
  add(queue: string, name: string, at: number, endsWithLogin: boolean): void {
    const membership = this.membership(queue, true);
    membership.holds = true;
    membership.endsWithLogin = endsWithLogin;
    membership.names.set(name, at);
  }

  /** A queue is known by what happens in it, where nothing tells when the agent came there. */
  see(queue: string, holds: boolean): void {
    if (queue !== '') this.membership(queue, holds);
  }

  /**
   * The agent leaves a queue; by a name that was not added, wholly. Leaving in the second of coming is leaving before
   * coming: the log tells no order within a second, and a script that renews a membership does both.
   */
  remove(queue: string, name: string, at: number): void {
    const membership = this.queues.get(queue);
    if (membership === undefined || membership.names.get(name) === at) return;
    if (!membership.names.delete(name)) membership.names.clear();
    if (membership.names.size === 0) this.queues.delete(queue);
  }

  clear(): void {
    this.queues.clear();
  }

  endWithLogin(): void {
    for (const [queue, { endsWithLogin }] of this.queues) if (endsWithLogin) this.queues.delete(queue);
  }

  /** Whether any of them keeps the session open. */
  get hold(): boolean {
    for (const { holds } of this.queues.values()) if (holds) return true;
    return false;
  }

  pause(queue: string, reason: string): void {
    this.pauses++;
    const membership = this.queues.get(queue);
    if (membership !== undefined) membership.pause = { reason, nth: this.pauses };
  }

  /** Asterisk writes no reason here, but one in the pause of each queue, which this leaves as it is. */
  pauseAll(reason: string): void {
    this.pausedAll = reason;
    this.pauses++;
    for (const membership of this.queues.values()) {
      if (reason !== '' || membership.pause === undefined) membership.pause = { reason, nth: this.pauses };
    }
  }

  /** The reason of the pauses that there are, of one queue or all, which came without it or with another one. */
  nameReason(queue: string, reason: string): void {
    this.pauses++;
    if (queue === '' && this.pausedAll !== undefined) this.pausedAll = reason;
    const named = queue === '' ? this.queues.values() : [this.queues.get(queue)];
    for (const membership of named) {
      if (membership?.pause !== undefined) membership.pause = { reason, nth: this.pauses };
    }
  }

  unpause(queue: string): void {
    this.pausedAll = undefined;
    const membership = this.queues.get(queue);
    if (membership !== undefined) membership.pause = undefined;
  }

  unpauseAll(): void {
    this.pausedAll = undefined;
    for (const membership of this.queues.values()) membership.pause = undefined;
  }

  /** The reason last given, or an empty text, if the agent is paused in every queue; undefined if calls may come from any. */
  get pausedFor(): string | undefined {
    if (this.queues.size === 0) return this.pausedAll;
    let last: Pause = { reason: '', nth: 0 };
    for (const { pause } of this.queues.values()) {
      if (pause === undefined) return undefined;
      if (pause.reason !== '' && pause.nth > last.nth) last = pause;
    }
    return last.reason;
  }

  private membership(queue: string, holds: boolean): Membership {
    let membership = this.queues.get(queue);
    if (membership === undefined) {
      const pause = this.pausedAll === undefined ? undefined : { reason: this.pausedAll, nth: this.pauses };
      membership = { names: new Map(), holds, endsWithLogin: false, pause };
      this.queues.set(queue, membership);
    }
    return membership;
  }
}
