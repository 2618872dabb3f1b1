/** A promise that is settled from outside; to be replaced by `Promise.withResolvers` once Node 22 is the oldest supported. */
export interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
}

export function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return {
    promise,
    resolve: () => {
      resolve();
    },
  };
}
