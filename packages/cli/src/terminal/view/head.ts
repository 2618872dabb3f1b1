import { clean, wrap } from '../../text/terminal-text.js';
import { pageWidth, paint, type Style } from './style.js';

/** The heading of a run. */
export interface Head {
  /** One line. */
  readonly title: string;
  /** Lines below the title, such as the binary and the folder. */
  readonly facts: readonly string[];
  /** The prompt of the run. */
  readonly prompt?: string | undefined;
}

/** The lines above the timeline. Pure. */
export function headLines({ title, facts, prompt }: Head, style: Style): readonly string[] {
  const room = pageWidth(style) - 4;
  const wrapped = (text: string) =>
    clean(text)
      .split('\n')
      .flatMap((line) => wrap(line, room));
  return [
    `  ${paint(style, clean(title), 'bold')}`,
    ...facts.flatMap(wrapped).map((line) => `  ${paint(style, line, 'dim')}`),
    ...(prompt === undefined
      ? []
      : ['', ...wrapped(prompt).map((line, index) => `${index === 0 ? '› ' : '  '}${line}`)]),
    '',
  ];
}
