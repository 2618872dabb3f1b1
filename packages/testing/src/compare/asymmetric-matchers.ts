/** Matches any event with a type or with a name in diagrams. Replaces a missing value in an expected timeline. */
export class AnyEventNamed {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toString(): string {
    return `any {${this.name}}`;
  }
}

/** Matches any event with these fields. */
export class PartialEvent {
  readonly fields: object;

  constructor(fields: object) {
    this.fields = fields;
  }

  /** Returns whether the event has the same kind, so that a comparison of fields is useful. */
  isKindOf(event: object): boolean {
    const [own, other] = [kindParts(this.fields), kindParts(event)];
    return own.every((part, index) => part === undefined || part === other[index]);
  }

  toString(): string {
    return kindParts(this.fields)
      .filter((part) => part !== undefined)
      .join(' ');
  }
}

const kindParts = (event: object): (string | undefined)[] => {
  const { type, item } = event as { type?: string; item?: { type?: string; id?: string } };
  return [type, item?.type, item?.id];
};

/** Matches any error. Replaces a missing error in an expected timeline. */
export const anyError = { asymmetricMatch: () => true, toString: () => 'any error' };
