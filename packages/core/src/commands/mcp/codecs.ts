import * as t from 'io-ts';
import { nullable, optional } from '../codecs.js';
import type { McpHttpTransport, McpServer, McpStdioTransport, McpTransport } from './types.js';

const texts = t.record(t.string, t.string);

const stdioCodec: t.Type<McpStdioTransport> = t.intersection([
  t.type({ type: t.literal('stdio'), command: t.string, args: t.readonlyArray(t.string), env: nullable(texts) }),
  t.partial({ env_vars: t.union([t.readonlyArray(t.unknown), t.undefined]), cwd: optional(t.string) }),
]);

const httpCodec: t.Type<McpHttpTransport> = t.intersection([
  t.type({ type: t.literal('streamable_http'), url: t.string, bearer_token_env_var: nullable(t.string) }),
  t.partial({ http_headers: optional(texts), env_http_headers: optional(texts) }),
]);

const otherCodec = t.intersection([t.type({ type: t.string }), t.record(t.string, t.unknown)]);

/** A server before a look at how it is reached. */
export const rawServerCodec = t.intersection([
  t.type({
    name: t.string,
    enabled: t.boolean,
    transport: otherCodec,
    startup_timeout_sec: nullable(t.number),
    tool_timeout_sec: nullable(t.number),
  }),
  t.partial({
    disabled_reason: optional(t.string),
    auth_status: t.union([t.string, t.undefined]),
    enabled_tools: optional(t.readonlyArray(t.string)),
    disabled_tools: optional(t.readonlyArray(t.string)),
  }),
]);
export type RawServer = t.TypeOf<typeof rawServerCodec>;

export function toMcpServer(raw: RawServer): McpServer {
  return { ...raw, transport: toTransport(raw.transport) };
}

function toTransport(raw: t.TypeOf<typeof otherCodec>): McpTransport {
  if (stdioCodec.is(raw) || httpCodec.is(raw)) return raw;
  return { type: 'unknown', transport_type: raw.type, raw };
}
