// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { RequestId } from './shared.js';

export type UserVerificationBiometricType = 'fingerprint';

/**
 * Cancels a native verification RPC issued on this connection, not an elicitation. Use a fresh request ID for each
 * operation and a distinct ID for this cancellation RPC.
 */
export interface UserVerificationCancelParams {
  readonly requestId: RequestId;
}

/**
 * Acknowledges the cancellation signal; native work may still be finishing. Unknown or finished requests are a no-op,
 * and completed effects are not rolled back.
 */
export type UserVerificationCancelResponse = Readonly<Record<string, unknown>>;

export type UserVerificationDeleteParams = Readonly<Record<string, unknown>>;

export type UserVerificationDeleteResponse = Readonly<Record<string, unknown>>;

export type UserVerificationEnrollParams = Readonly<Record<string, unknown>>;

/**
 * Public metadata for a created or reused local credential. The caller completes backend registration; this response
 * does not establish server enrollment. Older app-servers omit the metadata fields; callers must check both before
 * registration.
 */
export interface UserVerificationEnrollResponse {
  readonly algorithm?: string | null | undefined;
  readonly credentialId: string;
  /** Unpadded base64url of the SubjectPublicKeyInfo DER encoding. */
  readonly publicKey?: string | null | undefined;
}

/** A signature over the exact decoded challenge. The verifier validates and consumes it. */
export interface UserVerificationProof {
  readonly credentialId: string;
  /** Unpadded base64url DER ECDSA signature using P-256 and SHA-256. */
  readonly signature: string;
}

export type UserVerificationStatusParams = Readonly<Record<string, unknown>>;

/** Local readiness only; this neither prompts nor queries server registration. */
export interface UserVerificationStatusResponse {
  readonly credentialId?: string | null | undefined;
  readonly unavailableMessage?: string | null | undefined;
  readonly unavailableReason?: UserVerificationUnavailableReason | null | undefined;
}

export type UserVerificationUnavailableReason = 'credentialMissing' | 'biometricsUnavailable' | 'providerUnavailable';

/** Local signing primitive, independent of any pending elicitation. */
export interface UserVerificationVerifyParams {
  /** Unpadded base64url encoding of 1–4096 challenge bytes. */
  readonly challenge: string;
  /** Additional display context; at most 4096 UTF-8 bytes. */
  readonly description: string;
  /** Display context already approved by the UI; 1–256 UTF-8 bytes. */
  readonly title: string;
}

export interface UserVerificationVerifyResponse {
  /**
   * Native-reported authentication method for this signature. Older servers omit it. This is approval context, not
   * part of the signed proof.
   */
  readonly biometricType?: UserVerificationBiometricType | null | undefined;
  readonly proof: UserVerificationProof;
}
