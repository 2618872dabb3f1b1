import type { Colour } from './style.js';

/** The start of a timeline entry: an icon, or a word in plain text. */
export interface Mark {
  readonly icon: string;
  readonly word: string;
  readonly colour: Colour;
}

export const marks = {
  thread: { icon: '◆', word: 'start', colour: 'blue' },
  think: { icon: '◇', word: 'think', colour: 'dim' },
  plan: { icon: '☰', word: 'plan', colour: 'cyan' },
  step: { icon: '✔', word: 'done', colour: 'green' },
  run: { icon: '$', word: 'run', colour: 'green' },
  runFailed: { icon: '$', word: 'run', colour: 'red' },
  edit: { icon: '✎', word: 'edit', colour: 'magenta' },
  call: { icon: '⇄', word: 'call', colour: 'cyan' },
  search: { icon: '◎', word: 'search', colour: 'cyan' },
  agent: { icon: '»', word: 'agent', colour: 'cyan' },
  say: { icon: '●', word: 'say', colour: 'bold' },
  user: { icon: '›', word: 'user', colour: 'bold' },
  notice: { icon: '!', word: 'notice', colour: 'magenta' },
  failed: { icon: '✘', word: 'failed', colour: 'red' },
} as const satisfies Record<string, Mark>;

export type MarkName = keyof typeof marks;
