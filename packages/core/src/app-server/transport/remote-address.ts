/** Where a running server listens: at a WebSocket URL, or at a Unix socket. */
export type RemoteAddress =
  | {
      readonly url: string;
      readonly token?: string | undefined;
      readonly socketPath?: undefined;
      readonly transport?: undefined;
    }
  | { readonly socketPath: string; readonly url?: undefined; readonly transport?: undefined };
