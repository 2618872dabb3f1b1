/** The sub-agents of the threads of a server, and their running turns. */
export class Agents {
  readonly #parents = new Map<string, string>();
  readonly #active = new Map<string, string>();

  /** Reads what a notification says about sub-agents. `isOwn` returns whether a thread is one of this client. */
  receive(method: string, params: unknown, isOwn: (threadId: string) => boolean): void {
    const { threadId, thread, turn, item } = (params ?? {}) as Readonly<Record<string, unknown>>;
    if (method === 'thread/started') this.#link(text(thread, 'id'), text(thread, 'parentThreadId'));
    if (typeof threadId !== 'string') return;
    if (method === 'item/started' || method === 'item/completed') {
      const receivers = text(item, 'type') === 'collabAgentToolCall' ? field(item, 'receiverThreadIds') : undefined;
      if (Array.isArray(receivers)) for (const id of receivers) this.#link(id, threadId);
    }
    if (isOwn(threadId)) return;
    if (method === 'turn/started') {
      const id = text(turn, 'id');
      if (id !== undefined) this.#active.set(threadId, id);
    }
    if (method === 'turn/completed') this.#active.delete(threadId);
    if (method === 'thread/closed') this.forget(threadId);
  }

  activeTurnOf(threadId: string): string | undefined {
    return this.#active.get(threadId);
  }

  /** The thread that a sub-agent works for, through all parents. */
  rootOf(threadId: string): string {
    let root = threadId;
    const seen = new Set<string>();
    for (
      let parent = this.#parents.get(root);
      parent !== undefined && !seen.has(parent);
      parent = this.#parents.get(root)
    ) {
      seen.add(parent);
      root = parent;
    }
    return root;
  }

  descendantsOf(threadId: string): readonly string[] {
    return [...this.#parents.keys()].filter(
      (id) => id !== threadId && this.rootOf(id) === this.rootOf(threadId) && this.#isBelow(id, threadId),
    );
  }

  /** Forgets a thread and its sub-agents. */
  forget(threadId: string): void {
    for (const id of [...this.descendantsOf(threadId), threadId]) {
      this.#parents.delete(id);
      this.#active.delete(id);
    }
  }

  #isBelow(id: string, ancestor: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = this.#parents.get(at)) {
      if (at === ancestor) return true;
      seen.add(at);
    }
    return false;
  }

  #link(child: unknown, parent: string | undefined): void {
    if (typeof child === 'string' && parent !== undefined && child !== parent) this.#parents.set(child, parent);
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}
