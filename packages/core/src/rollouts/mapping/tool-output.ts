import type { ToolOutput } from '../records.js';

/** The output of a command or patch, as far as the model received it. */
export interface ToolResult {
  readonly text: string;
  /** `undefined` if the output contains none: the call was rejected, failed to start, or still runs. */
  readonly exitCode: number | undefined;
  /** The id of the command if it still runs. */
  readonly session: string | undefined;
}

/**
 * Parses the forms in which the CLI reports tools: JSON (≤ 0.47, and patches up to 0.125), or a head of lines and
 * `Output:`.
 */
export function readToolOutput(output: ToolOutput): ToolResult {
  const text = textOf(output);
  const json = jsonForm(text);
  if (json !== undefined) return json;
  const head = /^((?:[^\n]*\n)*?)Output:\n?/.exec(text);
  const lines = head?.[1] ?? '';
  const code = /^(?:Process exited with code|Exit code:) (-?\d+)$/m.exec(lines)?.[1];
  return {
    text: head === null ? text : text.slice(head[0].length),
    exitCode: code === undefined ? undefined : Number(code),
    session: /^Process running with session ID (\S+)$/m.exec(lines)?.[1],
  };
}

function textOf(output: ToolOutput): string {
  if (typeof output === 'string') return output;
  const parts: readonly unknown[] = Array.isArray(output) ? output : [output];
  return parts
    .map((part) => (part as { readonly text?: unknown }).text ?? (part as { readonly content?: unknown }).content)
    .filter((text) => typeof text === 'string')
    .join('\n');
}

function jsonForm(text: string): ToolResult | undefined {
  if (!text.startsWith('{"output":')) return undefined;
  try {
    const { output, metadata } = JSON.parse(text) as { output?: unknown; metadata?: { exit_code?: unknown } };
    if (typeof output !== 'string') return undefined;
    const code = metadata?.exit_code;
    return { text: output, exitCode: typeof code === 'number' ? code : undefined, session: undefined };
  } catch {
    return undefined;
  }
}
