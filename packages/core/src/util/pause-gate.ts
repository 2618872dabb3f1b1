/** Lets one party pause a source. Both calls may be repeated. */
export interface PauseToken {
  pause(): void;
  resume(): void;
}

/** Pauses a source as long as any of several parties pauses it. */
export class PauseGate {
  readonly #pausing = new Set<symbol>();
  readonly #report: PauseToken | undefined;
  #onChange: (isPaused: boolean) => void = () => undefined;

  /** @param report Receives each change, also before `bind`. */
  constructor(report?: PauseToken) {
    this.#report = report;
  }

  get isPaused(): boolean {
    return this.#pausing.size > 0;
  }

  /** Calls `onChange` with the current state, and with each new state. */
  bind(onChange: (isPaused: boolean) => void): void {
    this.#onChange = onChange;
    onChange(this.isPaused);
  }

  acquire(): PauseToken {
    const key = Symbol('pause');
    return {
      pause: () => {
        this.#change(() => this.#pausing.add(key));
      },
      resume: () => {
        this.#change(() => this.#pausing.delete(key));
      },
    };
  }

  #change(edit: () => void): void {
    const before = this.isPaused;
    edit();
    if (this.isPaused === before) return;
    if (this.isPaused) this.#report?.pause();
    else this.#report?.resume();
    this.#onChange(this.isPaused);
  }
}
