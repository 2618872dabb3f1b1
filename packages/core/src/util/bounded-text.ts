const LF = 0x0a;

/**
 * Keeps the first and the last bytes of a stream without a length limit: the first bytes contain the cause of a
 * failure, the last bytes the end.
 */
export class BoundedText {
  readonly #limit: number;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #skipped = 0;

  /** @param limit bytes of the head, and as many of the tail */
  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    const room = this.#limit - this.#headBytes;
    if (room > 0) {
      const part = chunk.subarray(0, room);
      // A copy: a slice would keep the whole chunk in memory.
      this.#head.push(Buffer.from(part));
      this.#headBytes += part.length;
    }
    const rest = chunk.subarray(Math.max(0, room));
    if (rest.length > 0) this.#pushTail(rest);
  }

  #pushTail(rest: Buffer): void {
    this.#tail.push(Buffer.from(rest.subarray(-this.#limit)));
    this.#skipped += Math.max(0, rest.length - this.#limit);
    this.#tailBytes += Math.min(rest.length, this.#limit);
    if (this.#tailBytes > 2 * this.#limit) this.#cutTail();
  }

  #cutTail(): void {
    const all = Buffer.concat(this.#tail);
    const kept = Buffer.from(all.subarray(-this.#limit));
    this.#skipped += all.length - kept.length;
    this.#tail = [kept];
    this.#tailBytes = kept.length;
  }

  /**
   * Returns the text, with a mark for omitted bytes. Cuts between lines if possible: a part of a line may contain a
   * part of a secret, which redaction would not recognise.
   */
  toString(): string {
    if (this.#tailBytes > this.#limit) this.#cutTail();
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail);
    if (this.#skipped === 0) return Buffer.concat([head, tail]).toString('utf8');
    const first = head.subarray(0, head.lastIndexOf(LF) + 1 || wholeCharacters(head));
    const last = tail.subarray(tail.indexOf(LF) + 1 || firstCharacter(tail));
    const skipped = this.#skipped + head.length - first.length + tail.length - last.length;
    return `${first.toString('utf8').trimEnd()}\n… ${skipped} bytes left out …\n${last.toString('utf8')}`;
  }
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Returns the index of the first byte that does not continue a UTF-8 character. */
function firstCharacter(bytes: Buffer): number {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  return start;
}

/** Returns the length without a UTF-8 character at the end whose last bytes are missing. */
function wholeCharacters(bytes: Buffer): number {
  let start = bytes.length - 1;
  while (bytes.length - start < 4 && isContinuation(bytes[start])) start -= 1;
  const lead = bytes[start] ?? 0;
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start >= 0 && start + size > bytes.length ? start : bytes.length;
}
