import type * as t from 'io-ts';
import { type Fields, isObject } from '../events/codecs/fields.js';
import { describeProblem } from '../events/codecs/report.js';
import type { RawLine } from '../events/raw-line.js';
import {
  compacted,
  eventMessages,
  interAgent,
  responseItems,
  sessionMeta,
  tokenUsageRecord,
  turnContext,
  worldState,
} from './record-codecs.js';
import type { MalformedRecord, RolloutRecord, UnknownPayload } from './records.js';

interface Place {
  readonly line_number: number;
  readonly timestamp?: string;
  readonly ordinal?: number;
}

type Codecs = Readonly<Record<string, t.Mixed>>;

const plainCodecs = {
  session_meta: sessionMeta,
  turn_context: turnContext,
  compacted,
  world_state: worldState,
  token_usage_record: tokenUsageRecord,
  inter_agent_communication_metadata: interAgent,
} as const;

/** Unicode's idea of white space, without U+FEFF. */
const BLANK = /^\p{White_Space}*$/u;
const MAX_LINE = 64 * 1024;
const PROBLEMS = {
  oversize: 'the line is longer than maxLineBytes; raise it to read such lines',
  invalid_utf8: 'the line is not valid UTF-8',
} as const;

/** Decodes a line of a rollout file; `undefined` if it is blank. Never throws. */
export function decodeRecord(line: RawLine, lineNumber: number): RolloutRecord | undefined {
  if (typeof line !== 'string') return malformed(lineNumber, line.text, PROBLEMS[line.problem], {});
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return BLANK.test(line) ? undefined : malformed(lineNumber, line, 'not JSON', {});
  }
  const fail = (error: string) => malformed(lineNumber, line, error, { raw });
  if (!isObject(raw)) return fail('not an object');
  return recordOf(raw, placeOf(raw, lineNumber), fail);
}

function recordOf(value: Fields, place: Place, fail: (error: string) => MalformedRecord): RolloutRecord {
  const { type, payload } = value;
  switch (type) {
    case 'session_meta':
    case 'turn_context':
    case 'compacted':
    case 'world_state':
    case 'token_usage_record':
    case 'inter_agent_communication_metadata': {
      const problem = problemOf(plainCodecs[type], payload);
      return problem === undefined ? ({ ...place, type, payload } as RolloutRecord) : fail(problem);
    }
    case 'response_item':
    case 'event_msg': {
      if (!isObject(payload)) return fail('payload: not an object');
      const codecs: Codecs = type === 'event_msg' ? eventMessages : responseItems;
      const codec = typeof payload.type === 'string' && Object.hasOwn(codecs, payload.type) && codecs[payload.type];
      if (!codec) return { ...place, type, payload: unknownPayload(payload) };
      const problem = problemOf(codec, payload);
      return problem === undefined ? ({ ...place, type, payload } as unknown as RolloutRecord) : fail(problem);
    }
    case undefined:
      // The first line of the oldest files is the payload alone.
      return typeof value.id === 'string' && typeof value.timestamp === 'string' && sessionMeta.is(value)
        ? { ...place, type: 'session_meta', payload: value }
        : fail('type: missing');
    default:
      return typeof type === 'string'
        ? { ...place, type: 'unknown', record_type: type, payload: payload ?? null }
        : fail('type: not text');
  }
}

function problemOf(codec: t.Mixed, payload: unknown): string | undefined {
  if (codec.is(payload)) return undefined;
  const { path, problem } = describeProblem(codec, payload);
  return `${path === '' ? 'payload' : `payload.${path}`}: ${problem}`;
}

function unknownPayload(payload: Fields): UnknownPayload {
  const { type } = payload;
  return typeof type === 'string'
    ? { type: 'unknown', payload_type: type, raw: payload }
    : { type: 'unknown', raw: payload };
}

function placeOf(value: Fields, lineNumber: number): Place {
  const { timestamp, ordinal } = value;
  return {
    line_number: lineNumber,
    ...(typeof timestamp === 'string' && { timestamp }),
    ...(typeof ordinal === 'number' && { ordinal }),
  };
}

function malformed(lineNumber: number, line: string, error: string, raw: { readonly raw?: unknown }): MalformedRecord {
  return { line_number: lineNumber, type: 'malformed', line: line.slice(0, MAX_LINE), error, ...raw };
}
