/**
 * Smaller parts are copied into one buffer, so that a line that arrives byte by byte does not need an object per
 * byte.
 */
const SMALL = 16 * 1024;
const PAGE = 64 * 1024;

/** Bytes in the order of their arrival. Copies each byte at most twice, independent of the size of the parts. */
export class ByteList {
  length = 0;
  #parts: Buffer[] = [];
  #page: Buffer | undefined;
  #used = 0;
  /** The start of the last part in the page; `undefined` if the last part is not in the page. */
  #open: number | undefined;

  add(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.length += bytes.length;
    if (bytes.length < SMALL) this.#copy(bytes);
    else {
      this.#parts.push(bytes);
      this.#open = undefined;
    }
  }

  /** All bytes as one buffer, which is valid until the next `add`; the list is empty afterwards. */
  take(): Buffer {
    const [first] = this.#parts;
    const all = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts, this.length);
    this.length = 0;
    this.#parts = [];
    this.#used = 0;
    this.#open = undefined;
    return all;
  }

  #copy(bytes: Buffer): void {
    if (this.#page === undefined || this.#used + bytes.length > PAGE) {
      this.#page = Buffer.allocUnsafeSlow(PAGE);
      this.#used = 0;
      this.#open = undefined;
    }
    const page = this.#page;
    if (this.#open === undefined) this.#open = this.#used;
    else this.#parts.pop();
    bytes.copy(page, this.#used);
    this.#used += bytes.length;
    this.#parts.push(page.subarray(this.#open, this.#used));
  }
}
