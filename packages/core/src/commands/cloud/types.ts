import * as t from 'io-ts';
import type { OpenString } from '../../events/items.js';
import { nullable } from '../codecs.js';

/** How far a cloud task is. */
export type CloudTaskStatus = OpenString<'pending' | 'ready' | 'applied' | 'error'>;

/** How much a task changed. */
export interface CloudDiffSummary {
  /** The number of changed files. */
  readonly files_changed: number;
  /** The number of added lines. */
  readonly lines_added: number;
  /** The number of removed lines. */
  readonly lines_removed: number;
}

/** A task as `codex cloud list --json` writes it; fields that are not known here are kept. */
export interface CloudTask {
  /** The id of the task. */
  readonly id: string;
  /** The page of the task. */
  readonly url: string;
  /** The title of the task. */
  readonly title: string;
  /** How far the task is. */
  readonly status: CloudTaskStatus;
  /** ISO 8601. */
  readonly updated_at: string;
  /** The id of the task's environment. */
  readonly environment_id: string | null;
  /** The name of the task's environment. */
  readonly environment_label: string | null;
  /** The size of the diff. */
  readonly summary: CloudDiffSummary;
  /** Whether the task is a review. */
  readonly is_review: boolean;
  /** The number of attempts, if it is known. */
  readonly attempt_total: number | null;
}

/** One page of cloud tasks. */
export interface CloudTaskPage {
  /** The tasks, latest first. */
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
