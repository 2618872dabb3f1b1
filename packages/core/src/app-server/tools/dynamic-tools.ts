import { RequestError } from '../../errors/index.js';
import type { AnswerOf } from '../../protocol/messages.js';
import type { ToolOutcome } from '../../request/tool-types.js';
import { toBase64 } from '../../tools/tool-content.js';
import type { AppServerInfo } from '../server/info.js';
import type { DynamicTool, ThreadOptions } from '../thread/thread-options.js';

/**
 * Returns the tools of a thread as the protocol has them.
 *
 * @throws RequestError if the server would ignore the tools
 */
export function toDynamicTools(
  { tools = [], dynamicTools }: ThreadOptions,
  { experimentalApi }: Pick<AppServerInfo, 'experimentalApi'>,
): readonly DynamicTool[] | undefined {
  if (tools.length === 0) return dynamicTools;
  if (!experimentalApi) throw new RequestError('tools', 'needs a server with "experimentalApi".');
  const own = tools.map(
    ({ name, description, inputSchema }): DynamicTool => ({ type: 'function', name, description, inputSchema }),
  );
  return [...(dynamicTools ?? []), ...own];
}

/** Returns the answer to a call of a tool. */
export function toToolAnswer({ content, isError }: ToolOutcome): AnswerOf<'item/tool/call'> {
  const contentItems = content.map((part) =>
    part.type === 'text'
      ? { type: 'inputText' as const, text: part.text }
      : { type: 'inputImage' as const, imageUrl: `data:${part.mediaType};base64,${toBase64(part)}` },
  );
  return { contentItems, success: !isError };
}
