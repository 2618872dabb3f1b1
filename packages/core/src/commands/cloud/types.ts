import * as t from 'io-ts';
import type { OpenString } from '../../events/items.js';
import { nullable } from '../codecs.js';

export type CloudTaskStatus = OpenString<'pending' | 'ready' | 'applied' | 'error'>;

/** How much a task changed. */
export interface CloudDiffSummary {
  readonly files_changed: number;
  readonly lines_added: number;
  readonly lines_removed: number;
}

/** A task as `codex cloud list --json` writes it; fields that are not known here are kept. */
export interface CloudTask {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly status: CloudTaskStatus;
  /** ISO 8601. */
  readonly updated_at: string;
  readonly environment_id: string | null;
  readonly environment_label: string | null;
  readonly summary: CloudDiffSummary;
  readonly is_review: boolean;
  readonly attempt_total: number | null;
}

export interface CloudTaskPage {
  readonly tasks: readonly CloudTask[];
  /** For the next page; `null` on the last one. */
  readonly cursor: string | null;
}

const cloudTaskCodec: t.Type<CloudTask> = t.type({
  id: t.string,
  url: t.string,
  title: t.string,
  status: t.string,
  updated_at: t.string,
  environment_id: nullable(t.string),
  environment_label: nullable(t.string),
  summary: t.type({ files_changed: t.number, lines_added: t.number, lines_removed: t.number }),
  is_review: t.boolean,
  attempt_total: nullable(t.number),
});

export const cloudTaskPageCodec: t.Type<CloudTaskPage> = t.type({
  tasks: t.readonlyArray(cloudTaskCodec),
  cursor: nullable(t.string),
});
