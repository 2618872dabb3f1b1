import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCodex, whenIdle } from '@codex-rx/core';
import { type ConformanceRequest, conformanceCases } from '@codex-rx/testing';

jest.setTimeout(120_000);

const BRIDGE = join(__dirname, '../../../../scripts/lib/exec-as-server.cjs');

/** All cases are run by `npm run conformance:transports`. */
const SAMPLE = [
  'a line that is not JSON',
  'a failed turn',
  'dies by SIGKILL',
  'silence, with a time limit',
  'unsubscribed, with a reparented daemon',
  'a finished turn, then abort()',
  'no such CLI',
];

/** Runs over a warm server that runs its turns with the CLI of the case. */
function warm$({ binary, workingDirectory = '.', ...request }: ConformanceRequest) {
  const server = join(dirname(workingDirectory), 'server');
  if (existsSync(binary)) {
    writeFileSync(server, `#!${process.execPath}\nrequire(${JSON.stringify(BRIDGE)})(${JSON.stringify(binary)});\n`);
    chmodSync(server, 0o700);
  }
  const codex = createCodex({ terminateGrace: 500 }, { transport: 'app-server', idleStop: 0 });
  return codex.exec$({ ...request, binary: server, workingDirectory });
}

describe('fault cases over a warm server', () => {
  afterEach(async () => {
    await whenIdle();
  });

  it.each(SAMPLE)('%s', async (name) => {
    const one = conformanceCases.find((candidate) => candidate.name === name);
    const result = await one?.run(warm$, { limit: 60_000, memory: 500 });
    expect(result).toMatchObject({ problems: [], ok: true });
    expect(result?.outcome).not.toBe('skipped');
  });
});

describe('docs/transports.md', () => {
  it('names the fault cases that make no sense over the app-server', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/transports.md'), 'utf8');
    const [, section = ''] = /<!-- faults -->([^]*)<!-- \/faults -->/.exec(page) ?? [];
    const names = conformanceCases.map(({ name }) => name);
    const others = [...section.matchAll(/^\| (.+?) \| /gm)].map(([, name]) => name).filter((name) => name !== 'case');
    const rows = others.filter((name) => name !== '---');
    expect(names).toEqual(expect.arrayContaining(rows));
    expect(section).toContain(`${names.length - rows.length} make sense over the app-server`);
  });
});
