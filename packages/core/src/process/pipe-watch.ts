import type { Readable } from 'node:stream';
import type { Drainable } from './drain.js';

/** Watches a pipe that is being read, for `drain`. */
export class PipeWatch implements Drainable {
  readonly ended: Promise<void>;
  readonly isHeldBack: () => boolean;
  #chunks = 0;

  constructor(pipe: Readable, isHeldBack: () => boolean) {
    this.isHeldBack = isHeldBack;
    this.ended = new Promise((resolve) => {
      pipe
        .once('close', () => {
          resolve();
        })
        .once('end', () => {
          resolve();
        });
    });
    pipe.on('data', () => {
      this.#chunks += 1;
    });
  }

  chunks(): number {
    return this.#chunks;
  }
}
