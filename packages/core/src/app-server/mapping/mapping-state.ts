import type { Usage } from '../../events/events.js';
import type { McpToolCallItem, TodoListItem } from '../../events/items.js';

/** The state of the mapping of a thread. Immutable. */
export interface MappingState {
  /** The open turn. */
  readonly turnId: string | undefined;
  /** The turn is a review. Its raw answer starts an item that never completes. */
  readonly isReview: boolean;
  /** Items of the turn that have started and not completed. */
  readonly open: ReadonlySet<string>;
  /** Items that have been declined. CLI 0.98 completes a declined patch a second time, as failed. */
  readonly declined: ReadonlySet<string>;
  /** Open questions of the agent, by the id of the request. The protocol has no item for them. */
  readonly questions: ReadonlyMap<string | number, { readonly turnId: string; readonly item: McpToolCallItem }>;
  /** Open calls of tools that the server has not reported as items. */
  readonly unannounced: ReadonlySet<string>;
  /** The plan of the turn. The protocol has no item for it. */
  readonly todos: TodoListItem | undefined;
  /** The latest diff of the turn. */
  readonly diff: string | undefined;
  /** Tokens of the thread. */
  readonly total: Usage | undefined;
  /** Whether the usage was updated during the turn. */
  readonly hasUsage: boolean;
  /** The number of warnings, which have no ids. */
  readonly warnings: number;
}

/** The state before the first notification. */
export const initialMappingState: MappingState = {
  turnId: undefined,
  isReview: false,
  open: new Set(),
  declined: new Set(),
  questions: new Map(),
  unannounced: new Set(),
  todos: undefined,
  diff: undefined,
  total: undefined,
  hasUsage: false,
  warnings: 0,
};

export function withId(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return ids.has(id) ? ids : new Set(ids).add(id);
}

export function withoutId(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (!ids.has(id)) return ids;
  const rest = new Set(ids);
  rest.delete(id);
  return rest;
}
