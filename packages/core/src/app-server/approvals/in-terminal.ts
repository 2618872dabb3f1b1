import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Observable } from 'rxjs';
import { printable } from '../../util/printable.js';
import type { ApprovalDecision, ApprovalHandler, ApprovalRequest, UserInputApproval } from './types.js';

/** Options of `approvals.inTerminal()`. */
export interface TerminalOptions {
  /** Default: standard input. */
  readonly input?: Readable | undefined;
  /** Default: standard error. */
  readonly output?: Writable | undefined;
  /** Colour diffs. Default: whether `output` is a terminal, unless `NO_COLOR` is set. */
  readonly color?: boolean | undefined;
}

const CHOICES: Readonly<Record<string, ApprovalDecision>> = {
  y: 'accept',
  yes: 'accept',
  s: 'acceptForSession',
  n: 'decline',
  no: 'decline',
  c: 'cancel',
};

/**
 * Returns a handler that shows the command or the diff and asks: yes, for the session, no, or cancel the turn. Anything
 * else declines. Requests are shown one after another.
 *
 * Texts of the agent are shown without control characters, which could hide a part of the command.
 */
export function approveInTerminal({
  input = process.stdin,
  output = process.stderr,
  color = 'isTTY' in output && output.isTTY === true && process.env.NO_COLOR === undefined,
}: TerminalOptions = {}): ApprovalHandler {
  let last: Promise<unknown> = Promise.resolve();
  return (request, { signal }) =>
    new Observable<ApprovalDecision>((subscriber) => {
      const asked = last.then(async () => {
        if (subscriber.closed) return;
        const ask = (question: string) => askLine({ input, output, signal }, question);
        output.write(describe(request, color));
        subscriber.next(
          request.kind === 'userInput'
            ? await askUser(request, ask)
            : (CHOICES[(await ask('Allow? [y]es, for the [s]ession, [n]o, [c]ancel the turn: ')).toLowerCase()] ??
                'decline'),
        );
        subscriber.complete();
      });
      last = asked.catch((error: unknown) => {
        subscriber.error(error);
      });
    });
}

async function askUser(
  request: UserInputApproval,
  ask: (question: string) => Promise<string>,
): Promise<ApprovalDecision> {
  const answers: Record<string, string> = {};
  for (const { id, question, options } of request.questions) {
    const line = await ask(`${show(question)} ${options.length > 0 ? `[1-${options.length}] ` : ''}`);
    answers[id] = options[Number(line) - 1]?.label ?? line;
  }
  return { answers };
}

/** Reads a line; `''` when the input ends or the request is over. */
function askLine(
  { input, output, signal }: { readonly input: Readable; readonly output: Writable; readonly signal: AbortSignal },
  question: string,
): Promise<string> {
  // An interface on an input that has ended would never close.
  if (input.readableEnded || input.destroyed) return Promise.resolve('');
  const lines = createInterface({ input, output, terminal: false });
  return new Promise((resolve) => {
    lines.once('close', () => {
      resolve('');
    });
    signal.addEventListener('abort', () => {
      lines.close();
    });
    lines.question(question, (answer) => {
      resolve(answer.trim());
      lines.close();
    });
  });
}

function describe(request: ApprovalRequest, color: boolean): string {
  const lines = [...describeRequest(request, color)];
  if ('reason' in request && request.reason !== undefined) lines.push(`Reason: ${show(request.reason)}`);
  return `\n${lines.join('\n')}\n`;
}

function describeRequest(request: ApprovalRequest, color: boolean): readonly string[] {
  switch (request.kind) {
    case 'command':
      return [
        'The agent wants to run:',
        `  ${show(request.command ?? '(network access)')}`,
        `  in ${show(request.cwd ?? '?')}`,
      ];
    case 'fileChange':
      return [
        'The agent wants to change files:',
        ...request.changes.flatMap(({ kind, path, diff = '' }) => [
          `  ${show(kind)} ${show(path)}`,
          ...diff.split('\n').map((line) => `    ${paint(show(line), color)}`),
        ]),
      ];
    case 'permissions':
      return ['The agent wants permissions:', `  ${show(JSON.stringify(request.permissions))}`];
    case 'mcpTool':
      return [
        `The MCP server ${show(request.server)} asks: ${show(request.message)}`,
        ...(request.arguments === undefined ? [] : [`  ${show(JSON.stringify(request.arguments))}`]),
        ...(request.url === undefined ? [] : [`  ${show(request.url)}`]),
      ];
    case 'userInput':
      return request.questions.flatMap(({ header, options }) => [
        show(header),
        ...options.map(({ label, description }, index) => `  ${index + 1}. ${show(label)}: ${show(description)}`),
      ]);
  }
}

const show = (text: string): string => printable(text);

function paint(line: string, color: boolean): string {
  if (!color || !/^[+-]/.test(line)) return line;
  return `\u001b[${line.startsWith('+') ? '32' : '31'}m${line}\u001b[0m`;
}
