import * as t from 'io-ts';
import type { CapabilityOverrides } from './overrides.js';
import type { Capabilities } from './types.js';

const texts = t.readonlyArray(t.string);
/** JSON and the comparison of fingerprints have no `NaN` and no `Infinity`. */
const finite = t.refinement(t.number, Number.isFinite, 'a finite number');
/** JSON writes a missing value as nothing or as `null`. */
const optional = <T>(codec: t.Type<T>) => t.union([codec, t.undefined, t.null]);

const version = t.type({
  raw: t.string,
  version: optional(t.string),
  channel: t.keyof({ stable: null, alpha: null, beta: null, nightly: null, custom: null }),
  commit: optional(t.string),
});

const steps = { version: null, features: null, completion: null, help: null, methods: null };

const capabilities = t.type({
  fingerprint: optional(t.type({ path: t.string, size: finite, modified: finite, changed: finite, inode: finite })),
  version: optional(version),
  features: optional(
    t.readonlyArray(
      t.type({
        name: t.string,
        stage: optional(t.string),
        enabled: t.boolean,
        extra: optional(t.UnknownRecord),
      }),
    ),
  ),
  commands: optional(t.readonly(t.record(t.string, t.type({ flags: texts, args: texts })))),
  methods: optional(t.type({ clientRequests: texts, serverRequests: texts, serverNotifications: texts })),
  overrides: optional(t.readonly(t.record(t.string, t.boolean))),
  collectedAt: finite,
  plan: t.readonlyArray(
    t.type({
      name: t.keyof({ ...steps, table: null, override: null }),
      outcome: t.keyof({ ok: null, failed: null, timeout: null, unreadable: null }),
    }),
  ),
});

const overrides = t.type({
  snapshot: optional(capabilities),
  version: optional(t.string),
  features: optional(t.readonly(t.record(t.string, t.boolean))),
});

export const capabilitiesCodec = capabilities as t.Mixed as t.Type<Capabilities>;
export const overridesCodec = overrides as t.Mixed as t.Type<CapabilityOverrides>;
