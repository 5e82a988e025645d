// The queue memberships of one session: which queues the agent is in, which of them keep the session open, and the pauses.

interface Membership {
  /**
   * The interfaces under which the agent was added (a phone and a softphone may both be), with the time in UTC milliseconds.
   * Empty if the queue is known only from calls and pauses in it.
   */
  names: Map<string, number>;
  /** Whether the session lasts at least as long as the membership. */
  keepsSession: boolean;
  /** Whether a logoff ends the membership. */
  endsWithLogin: boolean;
  pause: Pause | undefined;
}

interface Pause {
  reason: string;
  /** Counts up: later pauses have greater numbers. */
  nth: number;
}

export class Memberships {
  private readonly queues = new Map<string, Membership>();
  /** The reason of a pause in all queues, including those not seen yet; undefined: no such pause. */
  private allQueuesReason: string | undefined;
  private pauses = 0;

  /** Whether the agent is in the queue under this name. A membership whose name was never logged matches any name. */
  has(queue: string, name: string): boolean {
    const membership = this.queues.get(queue);
    if (membership === undefined) return false;
    return membership.names.has(name) || (membership.names.size === 0 && membership.keepsSession);
  }

  /** @param endsWithLogin whether a logoff ends the membership even if no removal is logged */
  add(queue: string, name: string, at: number, endsWithLogin: boolean): void {
    const membership = this.membership(queue, true);
    membership.keepsSession = true;
    membership.endsWithLogin = endsWithLogin;
    membership.names.set(name, at);
  }

  /** Notes a queue in which something happened although no line added the agent to it. */
  observe(queue: string, keepsSession: boolean): void {
    if (queue !== '') this.membership(queue, keepsSession);
  }

  /**
   * Removes a name from a queue, or all names if this one was not added. A removal in the same second as the addition counts as
   * before it: the log has no order within a second, and a script that renews a membership writes both.
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

  /** Whether any membership keeps the session open. */
  get keepSession(): boolean {
    for (const { keepsSession } of this.queues.values()) if (keepsSession) return true;
    return false;
  }

  pause(queue: string, reason: string): void {
    this.pauses++;
    const membership = this.queues.get(queue);
    if (membership !== undefined) membership.pause = { reason, nth: this.pauses };
  }

  /** Asterisk logs no reason with PAUSEALL, but one with the PAUSE of each queue; a pause with a reason keeps it. */
  pauseAll(reason: string): void {
    this.allQueuesReason = reason;
    this.pauses++;
    for (const membership of this.queues.values()) {
      if (reason !== '' || membership.pause === undefined) membership.pause = { reason, nth: this.pauses };
    }
  }

  /** Changes the reason of current pauses, of one queue or, with an empty name, of all. */
  setPauseReason(queue: string, reason: string): void {
    this.pauses++;
    if (queue === '' && this.allQueuesReason !== undefined) this.allQueuesReason = reason;
    const named = queue === '' ? this.queues.values() : [this.queues.get(queue)];
    for (const membership of named) {
      if (membership?.pause !== undefined) membership.pause = { reason, nth: this.pauses };
    }
  }

  unpause(queue: string): void {
    this.allQueuesReason = undefined;
    const membership = this.queues.get(queue);
    if (membership !== undefined) membership.pause = undefined;
  }

  unpauseAll(): void {
    this.allQueuesReason = undefined;
    for (const membership of this.queues.values()) membership.pause = undefined;
  }

  /** If the agent is paused in every queue, the latest reason (empty: none given); undefined if any queue may send calls. */
  get pauseReason(): string | undefined {
    if (this.queues.size === 0) return this.allQueuesReason;
    let last: Pause = { reason: '', nth: 0 };
    for (const { pause } of this.queues.values()) {
      if (pause === undefined) return undefined;
      if (pause.reason !== '' && pause.nth > last.nth) last = pause;
    }
    return last.reason;
  }

  private membership(queue: string, keepsSession: boolean): Membership {
    let membership = this.queues.get(queue);
    if (membership === undefined) {
      const pause = this.allQueuesReason === undefined ? undefined : { reason: this.allQueuesReason, nth: this.pauses };
      membership = { names: new Map(), keepsSession, endsWithLogin: false, pause };
      this.queues.set(queue, membership);
    }
    return membership;
  }
}
