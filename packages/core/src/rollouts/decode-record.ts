import { BLANK_LINE, LINE_PROBLEMS, MAX_REPORTED_CHARS, truncate } from '../events/decoding/line-problems.js';
import type { RawLine } from '../events/raw-line.js';
import { describeProblem } from '../events/schema/describe-problem.js';
import { type Fields, isObject } from '../events/schema/fields.js';
import type { Schema } from '../events/schema/schema.js';
import {
  compacted,
  eventMessages,
  interAgent,
  responseItems,
  sessionMeta,
  tokenUsageRecord,
  turnContext,
  worldState,
} from './record-schemas.js';
import type { MalformedRecord, RolloutRecord, UnknownPayload } from './records.js';

interface RecordPosition {
  readonly line_number: number;
  readonly timestamp?: string;
  readonly ordinal?: number;
}

type Schemas = Readonly<Record<string, Schema<unknown>>>;

const PAYLOAD_SCHEMAS = {
  session_meta: sessionMeta,
  turn_context: turnContext,
  compacted,
  world_state: worldState,
  token_usage_record: tokenUsageRecord,
  inter_agent_communication_metadata: interAgent,
} as const;

/** Decodes a line of a rollout file. Returns `undefined` for a blank line. Never throws. */
export function decodeRecord(line: RawLine, lineNumber: number): RolloutRecord | undefined {
  if (typeof line !== 'string') return malformed(lineNumber, line.text, LINE_PROBLEMS[line.problem], {});
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return BLANK_LINE.test(line) ? undefined : malformed(lineNumber, line, 'not JSON', {});
  }
  const fail = (error: string) => malformed(lineNumber, line, error, { raw });
  if (!isObject(raw)) return fail('not an object');
  return toRecord(raw, recordPosition(raw, lineNumber), fail);
}

function toRecord(value: Fields, position: RecordPosition, fail: (error: string) => MalformedRecord): RolloutRecord {
  const { type, payload } = value;
  switch (type) {
    case 'session_meta':
    case 'turn_context':
    case 'compacted':
    case 'world_state':
    case 'token_usage_record':
    case 'inter_agent_communication_metadata': {
      const problem = payloadProblem(PAYLOAD_SCHEMAS[type], payload);
      return problem === undefined ? ({ ...position, type, payload } as RolloutRecord) : fail(problem);
    }
    case 'response_item':
    case 'event_msg': {
      if (!isObject(payload)) return fail('payload: not an object');
      const schemas: Schemas = type === 'event_msg' ? eventMessages : responseItems;
      const schema = typeof payload.type === 'string' && Object.hasOwn(schemas, payload.type) && schemas[payload.type];
      if (!schema) return { ...position, type, payload: unknownPayload(payload) };
      const problem = payloadProblem(schema, payload);
      return problem === undefined ? ({ ...position, type, payload } as unknown as RolloutRecord) : fail(problem);
    }
    case undefined:
      // The first line of the oldest files is only the payload.
      return typeof value.id === 'string' && typeof value.timestamp === 'string' && sessionMeta.is(value)
        ? { ...position, type: 'session_meta', payload: value }
        : fail('type: missing');
    default:
      return typeof type === 'string'
        ? { ...position, type: 'unknown', record_type: type, payload: payload ?? null }
        : fail('type: not text');
  }
}

function payloadProblem(schema: Schema<unknown>, payload: unknown): string | undefined {
  if (schema.is(payload)) return undefined;
  const { path, problem } = describeProblem(schema, payload);
  return `${path === '' ? 'payload' : `payload.${path}`}: ${problem}`;
}

function unknownPayload(payload: Fields): UnknownPayload {
  const { type } = payload;
  return typeof type === 'string'
    ? { type: 'unknown', payload_type: type, raw: payload }
    : { type: 'unknown', raw: payload };
}

function recordPosition(value: Fields, lineNumber: number): RecordPosition {
  const { timestamp, ordinal } = value;
  return {
    line_number: lineNumber,
    ...(typeof timestamp === 'string' && { timestamp }),
    ...(typeof ordinal === 'number' && { ordinal }),
  };
}

function malformed(lineNumber: number, line: string, error: string, raw: { readonly raw?: unknown }): MalformedRecord {
  return { line_number: lineNumber, type: 'malformed', line: truncate(line, MAX_REPORTED_CHARS), error, ...raw };
}
