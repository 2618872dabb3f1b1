// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export type AttestationGenerateParams = Readonly<Record<string, unknown>>;

export interface AttestationGenerateResponse {
  /** Opaque client attestation token. */
  readonly token: string;
}
