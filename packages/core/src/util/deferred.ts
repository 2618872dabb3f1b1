/**
 * A promise with its `resolve` function. Replace it by `Promise.withResolvers` when Node.js 22 is the oldest
 * supported version.
 */
export interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
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
