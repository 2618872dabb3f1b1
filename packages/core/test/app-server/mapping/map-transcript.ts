import { mapApprovalRequest, mapNotification } from '../../../src/app-server/mapping/map-notification.js';
import { initialMappingState } from '../../../src/app-server/mapping/mapping-state.js';
import type { ThreadEvent } from '../../../src/events/events.js';
import { transcript } from '../transcript.js';

export interface MappedTranscript {
  readonly events: readonly ThreadEvent[];
  readonly problems: readonly string[];
}

/** Maps everything that the server sent. The transcripts have one thread with turns. */
export function mapTranscript(version: string, name: string): MappedTranscript {
  let state = initialMappingState;
  const events: ThreadEvent[] = [];
  const problems: string[] = [];
  for (const { dir, msg } of transcript(version, name)) {
    if (dir !== '<' || msg.method === undefined) continue;
    const map = msg.id === undefined ? mapNotification : mapApprovalRequest;
    const [next, emitted, problem] = map(state, { method: msg.method, params: msg.params });
    state = next;
    events.push(...emitted);
    if (problem !== undefined) problems.push(problem);
  }
  return { events, problems };
}
