/** One party's right to hold a source back. Both calls may be repeated. */
export interface PauseToken {
  pause(): void;
  resume(): void;
}

/** A source is held back while any of several parties holds it. */
export class PauseGate {
  readonly #holding = new Set<symbol>();
  #onChange: (isHeld: boolean) => void = () => undefined;

  get isHeld(): boolean {
    return this.#holding.size > 0;
  }

  /** Tells the state now, and each change of it. */
  bind(onChange: (isHeld: boolean) => void): void {
    this.#onChange = onChange;
    onChange(this.isHeld);
  }

  acquire(): PauseToken {
    const key = Symbol('hold');
    return {
      pause: () => {
        this.#change(() => this.#holding.add(key));
      },
      resume: () => {
        this.#change(() => this.#holding.delete(key));
      },
    };
  }

  #change(edit: () => void): void {
    const before = this.isHeld;
    edit();
    if (this.isHeld !== before) this.#onChange(this.isHeld);
  }
}
