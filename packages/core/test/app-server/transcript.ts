import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, 'transcripts');

export interface TranscriptLine {
  /** `>` is sent by the client, `<` by the server. */
  readonly dir: '>' | '<';
  readonly msg: {
    readonly id?: string | number;
    readonly method?: string;
    readonly params?: Record<string, unknown>;
    readonly result?: Record<string, unknown>;
    readonly error?: unknown;
  };
}

export const VERSIONS = ['0.98.0', '0.125.0', '0.150.1', '0.169.0'] as const;

export function transcript(version: string, name: string): TranscriptLine[] {
  const text = readFileSync(join(folder, version, `${name}.jsonl`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TranscriptLine);
}

/** Version and name of each transcript. */
export const transcripts: readonly (readonly [version: string, name: string])[] = VERSIONS.flatMap((version) =>
  readdirSync(join(folder, version)).map((file) => [version, file.replace('.jsonl', '')] as const),
);
