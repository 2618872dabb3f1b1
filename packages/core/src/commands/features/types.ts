import type { OpenString } from '../../events/items.js';

/** How mature a feature is. */
export type FeatureStage = OpenString<
  'experimental' | 'beta' | 'under development' | 'stable' | 'deprecated' | 'removed'
>;

/** One row of `codex features list`. */
export interface Feature {
  /** The name of the feature. */
  readonly name: string;
  /** As the CLI writes it; `undefined` where it names none. */
  readonly stage: FeatureStage | undefined;
  /** Whether it is on, the configuration included. */
  readonly enabled: boolean;
  /** Further fields of a JSON answer. */
  readonly extra: Readonly<Record<string, unknown>>;
}
