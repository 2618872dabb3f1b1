/** Any event that has that name in diagrams, or that type. Stands in an expected timeline for a value that was not given. */
export class AnyEventNamed {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toString(): string {
    return `any {${this.name}}`;
  }
}

/** An event that has these fields, whatever else it has. */
export class PartialEvent {
  readonly fields: object;

  constructor(fields: object) {
    this.fields = fields;
  }

  /** Whether it is worth comparing the fields with that event's: both are of the same kind. */
  isKindOf(event: object): boolean {
    const [own, other] = [kind(this.fields), kind(event)];
    return own.every((word, index) => word === undefined || word === other[index]);
  }

  toString(): string {
    return kind(this.fields)
      .filter((word) => word !== undefined)
      .join(' ');
  }
}

const kind = (event: object): (string | undefined)[] => {
  const { type, item } = event as { type?: string; item?: { type?: string; id?: string } };
  return [type, item?.type, item?.id];
};

/** Any error. Stands in an expected timeline for one that was not given. */
export const anyError = { asymmetricMatch: () => true, toString: () => 'any error' };
