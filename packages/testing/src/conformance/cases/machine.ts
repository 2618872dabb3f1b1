import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CaseSpec } from '../case-spec.js';
import { completed, echo, message, opening, said, wholeTurn } from './lines.js';

const plain = { cli: [{ lines: wholeTurn }], check: message('Done.') } as const;
const failing = { cli: [{ lines: opening }, { hang: true }], ends: 'error' } as const;

/** Faults of the machine. */
export const machineCases: readonly CaseSpec[] = [
  {
    ...failing,
    name: 'no such CLI',
    expected: 'fails',
    prepare: ({ folder }) => ({ request: { binary: join(folder, 'nowhere', 'codex') } }),
  },
  {
    ...failing,
    name: 'a CLI that is not executable',
    expected: 'fails',
    prepare: ({ folder }) => {
      const binary = join(folder, 'codex');
      writeFileSync(binary, '#!/bin/sh\n', { mode: 0o600 });
      return { request: { binary } };
    },
  },
  {
    ...plain,
    name: 'a folder named like the CLI on PATH',
    expected: 'completes with the file in the next folder',
    needs: ['host'],
    ends: 'complete',
    prepare: ({ folder }, binary) => {
      mkdirSync(join(folder, 'path', basename(binary)), { recursive: true });
      const path = [join(folder, 'path'), dirname(binary), process.env.PATH].join(':');
      return { request: { binary: basename(binary) }, host: { env: { PATH: path } } };
    },
  },
  {
    ...plain,
    name: 'the CLI is open for writing (ETXTBSY)',
    expected: 'completes after a retry',
    actions: { lockFor: 30 },
    ends: 'complete',
  },
  {
    name: 'no such working directory',
    // Some clients leave the check to the CLI.
    cli: [{ stderr: 'Error: No such file or directory (os error 2)\n' }, { exit: 1 }],
    ends: 'error',
    expected: 'fails',
    prepare: ({ folder }) => ({ request: { workingDirectory: join(folder, 'nowhere') } }),
  },
  {
    name: 'working directory deleted during the run',
    expected: 'completes',
    cli: {
      shell: `cat >/dev/null\n${echo(...opening)}\nrm -rf "$PWD"\nsleep 0.2\n${echo(said('Done.'), completed)}`,
    },
    ends: 'complete',
    check: message('Done.'),
  },
  {
    ...plain,
    name: 'TMPDIR is missing',
    expected: 'completes: the run has a working directory',
    needs: ['host'],
    ends: 'complete',
    prepare: ({ folder }) => ({ host: { env: { TMPDIR: join(folder, 'nowhere') } } }),
  },
  {
    ...plain,
    name: 'no free file descriptor (EMFILE)',
    expected: 'fails; the host stays alive',
    needs: ['host'],
    actions: { exhaustDescriptors: true },
    ends: 'error',
    check: () => undefined,
    prepare: () => ({ host: { descriptors: 128 } }),
  },
  {
    ...failing,
    name: 'log on a full disk (/dev/full)',
    expected: 'fails; no process is alive',
    needs: ['eventLog'],
    prepare: () => ({ request: { eventLog: '/dev/full' } }),
  },
  {
    ...failing,
    name: 'log path below a file (ENOTDIR)',
    expected: 'fails before the CLI is started',
    needs: ['eventLog'],
    prepare: ({ folder }) => {
      writeFileSync(join(folder, 'file'), '');
      return { request: { eventLog: join(folder, 'file', 'run.jsonl') } };
    },
  },
  {
    ...failing,
    name: 'log path through a loop of links (ELOOP)',
    expected: 'fails before the CLI is started',
    needs: ['eventLog'],
    prepare: ({ folder }) => {
      symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
      return { request: { eventLog: join(folder, 'loop', 'run.jsonl') } };
    },
  },
];
