import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Observable } from 'rxjs';
import type { FileUpdateChange } from '../../events/items.js';
import { onAbort } from '../../util/on-abort.js';
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

/** Input that was typed earlier arrives with the first read. */
const TYPED_EARLIER_MS = 100;

/** A longer text would push its start out of the terminal. */
const MAX_LINES = 500;
const MAX_CHARACTERS = 2_000;
/** Characters without a width, and other line breaks. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff]/g;

/**
 * Returns a handler that shows the command or the diff and asks: yes, for the session, no, or cancel the turn. Anything
 * else declines; a terminal is asked again after a typing error. Requests are shown one after another. Input
 * that was typed into a terminal before a question is discarded.
 *
 * Control characters and invisible characters of the agent's texts are shown as escapes, and further lines of a text
 * are marked, so that it can neither hide a part of itself nor imitate a question.
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
          request.kind === 'userInput' ? await askUser(request, ask) : await askChoice(ask, isTerminal(input)),
        );
        subscriber.complete();
      });
      last = asked.catch((error: unknown) => {
        subscriber.error(error);
      });
    });
}

async function askChoice(ask: (question: string) => Promise<string>, isRepeated: boolean): Promise<ApprovalDecision> {
  for (;;) {
    const answer = (await ask('Allow? [y]es, for the [s]ession, [n]o, [c]ancel the turn: ')).toLowerCase();
    if (Object.hasOwn(CHOICES, answer)) return CHOICES[answer] ?? 'decline';
    // An empty answer is also that of a terminal that was closed.
    if (!isRepeated || answer === '') return 'decline';
  }
}

async function askUser(
  request: UserInputApproval,
  ask: (question: string) => Promise<string>,
): Promise<ApprovalDecision> {
  const answers: Record<string, string> = {};
  for (const { id, question, options } of request.questions) {
    const line = await ask(
      `${labelled('', question).join('\n')} ${options.length > 0 ? `[1-${options.length}] ` : ''}`,
    );
    answers[id] = options[Number(line) - 1]?.label ?? line;
  }
  return { answers };
}

/** Reads a line; `''` when the input ends or the request is over. */
async function askLine(
  { input, output, signal }: { readonly input: Readable; readonly output: Writable; readonly signal: AbortSignal },
  question: string,
): Promise<string> {
  // An interface on an input that has ended would never close.
  if (input.readableEnded || input.destroyed) return '';
  if (isTerminal(input)) await discardTyped(input);
  const lines = createInterface({ input, output, terminal: false });
  return await new Promise((resolve) => {
    const unfollow = onAbort(signal, () => {
      lines.close();
    });
    lines.once('close', () => {
      unfollow();
      resolve('');
    });
    lines.question(question, (answer) => {
      resolve(answer.trim());
      lines.close();
    });
  });
}

const isTerminal = (input: Readable): boolean => 'isTTY' in input && input.isTTY === true;

/** Input that was typed before a question must not answer it. */
async function discardTyped(input: Readable): Promise<void> {
  const discard = (): void => undefined;
  input.on('data', discard);
  await delay(TYPED_EARLIER_MS);
  input.off('data', discard);
  input.pause();
}

function describe(request: ApprovalRequest, color: boolean): string {
  const lines = [...describeRequest(request, color)];
  if ('reason' in request && request.reason !== undefined) lines.push(...labelled('Reason: ', request.reason));
  return `\n${lines.join('\n')}\n`;
}

function describeRequest(request: ApprovalRequest, color: boolean): readonly string[] {
  switch (request.kind) {
    case 'command':
      return [
        'The agent wants to run:',
        ...labelled('  ', request.command ?? '(network access)'),
        ...labelled('  in ', request.cwd ?? '?'),
      ];
    case 'fileChange':
      return [
        'The agent wants to change files:',
        ...(request.changes.length > 0 ? [] : ['  (the changes are not known)']),
        ...request.changes.flatMap((change) => [
          ...labelled(
            '  ',
            [change.kind, change.path, ...(change.move_path == null ? [] : ['to', change.move_path])].join(' '),
          ),
          ...bounded(diffLines(change)).map((line) => `    ${paint(line, color)}`),
        ]),
        ...(request.grantRoot === undefined ? [] : labelled('  and to write from now on below ', request.grantRoot)),
      ];
    case 'permissions':
      return ['The agent wants permissions:', ...labelled('  ', JSON.stringify(request.permissions))];
    case 'mcpTool':
      return [
        ...labelled('An MCP server asks: ', request.server),
        ...labelled('  ', request.message),
        ...(request.arguments === undefined ? [] : labelled('  ', JSON.stringify(request.arguments))),
        ...(request.url === undefined ? [] : labelled('  ', request.url)),
      ];
    case 'userInput':
      return request.questions.flatMap(({ header, options }) => [
        ...labelled('', header),
        ...options.flatMap(({ label, description }, index) => labelled(`  ${index + 1}. `, `${label}: ${description}`)),
      ]);
  }
}

/** Further lines of a text are marked, so that it cannot imitate a question. */
function labelled(label: string, text: string): readonly string[] {
  return bounded(text.split('\n')).map((line, index) => `${index === 0 ? label : '  | '}${line}`);
}

/** The protocol has the content of a new or a deleted file instead of a diff. */
function diffLines({ kind, diff = '' }: FileUpdateChange): readonly string[] {
  const lines = diff.replace(/\n$/, '').split('\n');
  const sign = kind === 'add' ? '+' : kind === 'delete' ? '-' : '';
  return lines.map((line) => `${sign}${line}`);
}

/** The first lines without invisible characters, and how much is not shown. */
function bounded(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, MAX_LINES).map((line) => {
    const isLong = line.length > MAX_CHARACTERS;
    return show(isLong ? `${line.slice(0, MAX_CHARACTERS)} … (${line.length} characters)` : line);
  });
  const rest = lines.length - shown.length;
  return rest === 0 ? shown : [...shown, `… ${rest} more lines are not shown`];
}

const show = (text: string): string => printable(text).replaceAll(INVISIBLE, escapeCharacter);
const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function paint(line: string, color: boolean): string {
  if (!color || !/^[+-]/.test(line)) return line;
  return `\u001b[${line.startsWith('+') ? '32' : '31'}m${line}\u001b[0m`;
}
