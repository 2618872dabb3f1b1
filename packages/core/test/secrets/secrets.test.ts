import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createCodex, exec$, lines$, type RunNotification, resume$, run$, sendPrompt$ } from '@codex-rx/core';
import { login$ } from '@codex-rx/core/commands';
import { type FakeStep, fakeCodex, recordFixture } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { completed, failed, notice, said, started } from '../exec/support/lines.js';
import { observe } from '../exec/support/observe.js';

const place = leavesNothing();

/** Found by the names of their variables. */
const FROM_ENV = [
  'correct-horse-battery-1',
  'correct-horse-battery-2',
  'correct-horse-battery-3',
  'correct-horse-battery-4',
];
/** Found by what they look like, wherever they come from. */
const BY_LOOK = ['sk-proj-0123456789abcdefghij', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'];
const SECRETS = [...FROM_ENV, ...BY_LOOK];
const env = {
  OPENAI_API_KEY: SECRETS[0],
  DOCS_TOKEN: SECRETS[1],
  PGPASSWORD: SECRETS[2],
  MY_CREDENTIALS: SECRETS[3],
  HARMLESS: SECRETS[4],
};
const leak = `the keys ${SECRETS.join(', ')} were refused`;

/** All that can be seen of a value, the ways in which it is printed included. */
function shown(value: unknown): string {
  const error = value as Error;
  const nested = error instanceof Error ? [error.message, error.stack ?? '', shown(error.cause ?? '')] : [];
  return [inspect(value, { depth: 9, showHidden: true, maxStringLength: null }), JSON.stringify(value), ...nested].join(
    '\n',
  );
}

const leaked = (text: string): string[] => SECRETS.filter((secret) => text.includes(secret));

const channels = ['spawn', 'signal', 'exit', 'leftover', 'unregistered', 'untrusted'].map((type) => `codex-rx:${type}`);
let told: unknown[] = [];
let stderr: jest.SpyInstance;
const listen = (message: unknown): void => {
  told.push(message);
};
beforeEach(() => {
  told = [];
  for (const channel of channels) subscribe(channel, listen);
  process.env.CODEX_RX_DEBUG = '1';
  stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  for (const channel of channels) unsubscribe(channel, listen);
  delete process.env.CODEX_RX_DEBUG;
  stderr.mockRestore();
});
const logged = (): string => stderr.mock.calls.map(([chunk]) => String(chunk)).join('');

const play = (steps: readonly FakeStep[], request: object = {}) => {
  const fake = fakeCodex(steps);
  return {
    fake,
    request: { prompt: leak, ...fake.options, env: { ...env, ...place.mark }, terminateGrace: 200, ...request },
  };
};
const broken: FakeStep[] = [{ stderr: `Error: ${leak}\n` }, { lines: [started, said(leak), notice(leak)] }];

describe('a secret of the environment, or one that looks like it, is not shown', () => {
  it.each<[string, readonly FakeStep[], object, string]>([
    ['a failed turn', [...broken, { line: failed(leak) }, { exit: 1 }], {}, 'TURN_FAILED'],
    [
      'a failed turn of an HTTP body',
      [...broken, { line: failed(JSON.stringify({ error: { message: leak } })) }, { exit: 1 }],
      {},
      'TURN_FAILED',
    ],
    ['an exit', [...broken, { exit: 1 }], {}, 'EXIT'],
    ['an exit before a word', [{ stderr: `Error: ${leak}\n` }, { exit: 1 }], {}, 'EXIT'],
    ['an exit by a signal', [...broken, { signal: 'SIGKILL' }], {}, 'EXIT'],
    ['a timeout', [...broken, { hang: true }], { timeout: 900 }, 'RUN_TIMEOUT'],
    [
      'a line that strict decoding refuses',
      [{ line: started }, { line: `no JSON: ${leak}` }, { hang: true }],
      { strict: true },
      'DECODE_FAILED',
    ],
    ['a log that cannot be written', [{ line: started }, { hang: true }], { eventLog: '/dev/full' }, 'OUTPUT_FAILED'],
  ])('by the error of %s, nor by what is told of the run', async (_what, steps, change, code) => {
    const { error } = await observe(exec$(play(steps, change).request));
    expect(error).toMatchObject({ code });
    expect(leaked(shown(error))).toEqual([]);
    expect(leaked(shown(told) + logged())).toEqual([]);
    expect(logged()).toContain('"type":"exit"');
  });

  it('by the excerpt of a line that is cut in the middle of it', async () => {
    const { request } = play([{ line: started }, { line: `${'x'.repeat(190)}${FROM_ENV[0]}` }, { hang: true }], {
      strict: true,
    });
    const { error } = await observe(exec$(request));
    expect(error).toMatchObject({ code: 'DECODE_FAILED', excerpt: `${'x'.repeat(190)}***` });
  });

  it('by the error of a session that is not there', async () => {
    const { request } = play([{ stderr: `Error: thread/resume failed: no rollout found (${leak})\n` }, { exit: 1 }]);
    const { error } = await observe(resume$({ ...request, session: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' }));
    expect((error as Error).name).toMatch(/Error$/);
    expect(leaked(shown(error))).toEqual([]);
  });

  it('by the error of sendPrompt$, and of a client', async () => {
    const { request } = play([...broken, { exit: 1 }]);
    const { env: variables, binary, ...rest } = request;
    for (const source$ of [sendPrompt$(request), createCodex({ env: variables, binary }).exec$(rest)])
      expect(leaked(shown((await observe<unknown>(source$)).error))).toEqual([]);
  });

  it('by the arguments, nor by the command that is printed', async () => {
    const { fake, request } = play([{ lines: [started, completed] }], {
      outputSchema: { type: 'object' },
      model: 'gpt-5.5',
    });
    const { values } = await observe(run$(request));
    const [first] = values.filter(
      (signal): signal is RunNotification & { type: 'started' } => signal.type === 'started',
    );
    expect(leaked(shown(first))).toEqual([]);
    const [invocation] = fake.invocations();
    expect(leaked(JSON.stringify(invocation?.argv))).toEqual([]);
    // It has them all the same.
    expect(invocation?.env).toMatchObject(env);
    expect(invocation?.stdin).toBe(leak);
  });

  it('by the files of a run: neither its record nor its temporary ones', async () => {
    const { request } = play([{ line: started }, { hang: true }], { outputSchema: { type: 'object' } });
    const running = exec$(request).subscribe({ error: () => undefined });
    const files = () =>
      [place.runs, place.state]
        .filter((folder) => existsSync(folder))
        .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
    const seen = await waitUntil(() => {
      const found = files();
      return found.some((path) => path.endsWith('.json') && !path.endsWith('schema.json')) && found;
    });
    const texts = seen.map((path) => readFileSync(path, 'utf8'));
    running.unsubscribe();
    expect(seen.length).toBeGreaterThan(1);
    expect(leaked(texts.join('\n') + seen.join('\n'))).toEqual([]);
  });
});

describe('a secret that goes to standard input', () => {
  it('is not in the error of a login or its output, in any form', async () => {
    const apiKey = 'plain-words-without-any-look';
    const fake = fakeCodex([{ stderr: `Error: the key ${apiKey} is no good\n` }, { exit: 1 }]);
    const { error } = await observe(login$({ method: 'apiKey', apiKey, ...fake.options, env: place.mark }));
    expect(error).toMatchObject({ code: 'EXIT' });
    expect(shown(error) + shown(told) + logged()).not.toContain(apiKey);
    expect(JSON.stringify(fake.invocations()[0]?.argv)).not.toContain(apiKey);
    expect(fake.invocations()[0]?.stdin.trim()).toBe(apiKey);
  });
});

describe('fixtures', () => {
  it('that are recorded contain no secret of standard error', async () => {
    const path = join(place.folder, 'run');
    const { request } = play([{ stderr: `Error: ${leak}\n` }, { line: started }, { exit: 1 }]);
    await observe(recordFixture(lines$(request), path));
    const texts = ['.jsonl', '.meta.json'].map((ending) => readFileSync(path + ending, 'utf8'));
    expect(texts.join('')).toContain('were refused');
    expect(leaked(texts.join(''))).toEqual([]);
  });

  it('that are shipped contain none', () => {
    const root = join(__dirname, '..', '..', '..', '..', 'fixtures');
    const texts = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(texts.length).toBeGreaterThan(10);
    expect(
      texts.filter((text) => /\bsk-[A-Za-z0-9_-]{16,}|\bgh[pousr]_[A-Za-z0-9]{16,}|Bearer\s+(?!\*)\S{8,}/.test(text)),
    ).toEqual([]);
  });
});
