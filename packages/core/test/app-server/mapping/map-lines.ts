import { mapNotification } from '../../../src/app-server/mapping/map-notification.js';
import { mapRequest } from '../../../src/app-server/mapping/map-request.js';
import { initialMappingState } from '../../../src/app-server/mapping/mapping-state.js';
import type { ThreadEvent } from '../../../src/events/events.js';
import type { TranscriptLine } from '../transcript.js';

export interface MappedTranscript {
  readonly events: readonly ThreadEvent[];
  readonly problems: readonly string[];
}

/** Maps everything that the server sent. The lines have one thread with turns. */
export function mapLines(lines: readonly TranscriptLine[]): MappedTranscript {
  let state = initialMappingState;
  const events: ThreadEvent[] = [];
  const problems: string[] = [];
  for (const { dir, msg } of lines) {
    if (dir !== '<' || msg.method === undefined) continue;
    const { id, method, params } = msg;
    const [next, emitted, problem] =
      id === undefined ? mapNotification(state, { method, params }) : mapRequest(state, { id, method, params });
    state = next;
    events.push(...emitted);
    if (problem !== undefined) problems.push(problem);
  }
  return { events, problems };
}
