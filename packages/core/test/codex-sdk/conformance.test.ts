import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { Codex, type CodexOptions } from '@codex-rx/core/codex-sdk';
import { type FakeCodex, fakeCodex, model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { livingPids } from '@codex-rx/testing/processes';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-sdk-')));
});
afterEach(async () => {
  await whenIdle();
  rmSync(folder, { recursive: true, force: true });
});

/** Options with which the CLI uses the scripted model. */
function optionsOf({ options }: ScriptedModel): CodexOptions {
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env, CODEX_HOME: options.codexHome };
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { env: Object.fromEntries(defined) };
}

const open = { skipGitRepoCheck: true };
const inputOf = (scripted: ScriptedModel): string => JSON.stringify(scripted.requests.at(-1)?.input);

describe('the README of the official SDK, over the real CLI', () => {
  it('quickstart: run() resolves to the final response and the items; a second run continues the thread', async () => {
    await using scripted = await openScriptedModel([model.run('echo hi'), model.say('One.'), model.say('Two.')]);
    const thread = new Codex(optionsOf(scripted)).startThread({ ...open, sandboxMode: 'danger-full-access' });
    expect(thread.id).toBeNull();
    const turn = await thread.run('Diagnose the test failure');
    expect(turn.finalResponse).toBe('One.');
    expect(turn.items.map(({ type }) => type)).toEqual(['command_execution', 'agent_message']);
    expect(turn.usage).toMatchObject({ input_tokens: expect.any(Number) as number, cache_write_input_tokens: 0 });
    const { id } = thread;
    expect((await thread.run('Implement the fix')).finalResponse).toBe('Two.');
    expect(thread.id).toBe(id);
    expect(inputOf(scripted)).toMatch(/Diagnose[^]*One\.[^]*Implement/);
  });

  it('streaming: runStreamed() gives the events of the turn', async () => {
    await using scripted = await openScriptedModel([model.say('Hi.')]);
    const { events } = await new Codex(optionsOf(scripted)).startThread(open).runStreamed('Hello');
    const seen: unknown[] = [];
    for await (const event of events) seen.push(event);
    expect(seen).toMatchObject([
      { type: 'thread.started' },
      { type: 'turn.started' },
      { type: 'item.completed', item: { type: 'agent_message', text: 'Hi.' } },
      { type: 'turn.completed' },
    ]);
  });

  it('structured output, and input entries: the schema and the joined texts reach the model', async () => {
    await using scripted = await openScriptedModel([model.say('{"ok":true}')]);
    const outputSchema = {
      type: 'object',
      properties: { ok: { type: 'boolean' } },
      required: ['ok'],
      additionalProperties: false,
    };
    const image = join(folder, 'ui.png');
    writeFileSync(
      image,
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
        'base64',
      ),
    );
    const thread = new Codex(optionsOf(scripted)).startThread(open);
    const turn = await thread.run(
      [
        { type: 'text', text: 'Describe this.' },
        { type: 'local_image', path: image },
        { type: 'text', text: 'Be brief.' },
      ],
      { outputSchema },
    );
    expect(JSON.parse(turn.finalResponse)).toEqual({ ok: true });
    expect(JSON.stringify(scripted.requests[0]?.body)).toContain('"additionalProperties":false');
    expect(inputOf(scripted)).toContain('Describe this.\\n\\nBe brief.');
    expect(inputOf(scripted)).toContain('input_image');
  });

  it('resuming: resumeThread() continues a stored thread', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const codex = new Codex(optionsOf(scripted));
    const first = codex.startThread(open);
    await first.run('First?');
    const thread = codex.resumeThread(first.id ?? '', open);
    expect(thread.id).toBe(first.id);
    expect((await thread.run('Second?')).finalResponse).toBe('Two.');
    expect(inputOf(scripted)).toMatch(/First\?[^]*One\.[^]*Second\?/);
  });

  it('working directory: it must be a Git repository, unless skipGitRepoCheck is set', async () => {
    await using scripted = await openScriptedModel([model.run('pwd'), model.say('Done.'), model.say('Done.')]);
    const codex = new Codex(optionsOf(scripted));
    const at = { workingDirectory: folder, sandboxMode: 'danger-full-access' } as const;
    await expect(codex.startThread(at).run('Where?')).rejects.toThrow(/Not inside a trusted directory/);
    const { items } = await codex.startThread({ ...at, ...open }).run('Where?');
    expect(items[0]).toMatchObject({ type: 'command_execution', aggregated_output: `${folder}\n` });
    execFileSync('git', ['init', '-q', folder]);
    expect((await codex.startThread(at).run('Where?')).finalResponse).toBe('Done.');
  });
});

describe('the README of the official SDK, over a fake CLI', () => {
  const started = { line: { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' } };
  const answer = [
    started,
    { line: { type: 'turn.completed', usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 } } },
  ];

  const codexOf = ({ options }: FakeCodex): Codex =>
    new Codex({ codexPathOverride: options.binary, env: { PATH: process.env.PATH ?? '' } });

  it('environment: env replaces that of the process, and required variables are added', async () => {
    const fake = fakeCodex(answer);
    process.env.SDK_LEAK = 'leak';
    const env = { PATH: process.env.PATH ?? '', CUSTOM: 'custom' };
    await new Codex({ codexPathOverride: fake.options.binary, env, apiKey: 'the key' }).startThread(open).run('Hello');
    delete process.env.SDK_LEAK;
    const { env: seen } = fake.invocations()[0] ?? { env: {} };
    expect(seen).toMatchObject({
      CUSTOM: 'custom',
      CODEX_API_KEY: 'the key',
      CODEX_INTERNAL_ORIGINATOR_OVERRIDE: 'codex_sdk_ts',
    });
    expect(seen).not.toHaveProperty('SDK_LEAK');
  });

  it('config: settings and raw overrides become --config, before those of the SDK', async () => {
    const fake = fakeCodex(answer);
    await new Codex({
      codexPathOverride: fake.options.binary,
      env: { PATH: process.env.PATH ?? '' },
      baseUrl: 'http://127.0.0.1:1/v1',
      config: { sandbox_workspace_write: { network_access: true } },
      configOverrides: ['a={":root"="read"}'],
    })
      .startThread(open)
      .run('Hello');
    expect(fake.invocations()[0]?.argv).toEqual([
      ...['exec', '--experimental-json', '--config', 'sandbox_workspace_write.network_access=true'],
      ...['--config', 'a={":root"="read"}', '--config', 'openai_base_url="http://127.0.0.1:1/v1"'],
      '--skip-git-repo-check',
    ]);
  });

  it.each(['run', 'runStreamed'] as const)('%s() rejects with an AbortError when the signal aborts', async (method) => {
    const fake = fakeCodex([started, { hang: true }]);
    const thread = codexOf(fake).startThread(open);
    const consume = async (signal: AbortSignal) => {
      if (method === 'run') return thread.run('Hello', { signal });
      const { events } = await thread.runStreamed('Hello', { signal });
      for await (const event of events) expect(event.type).toBe('thread.started');
      return undefined;
    };
    await expect(consume(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(fake.invocations()).toEqual([]);
    await expect(consume(AbortSignal.timeout(300))).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends the process when the loop over the events is left', async () => {
    const fake = fakeCodex([started, { hang: true }]);
    const { events } = await codexOf(fake).startThread(open).runStreamed('Hello');
    for await (const event of events) if (event.type === 'thread.started') break;
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it.each(['schema.json', [], null, 1])('rejects the output schema %j', async (outputSchema) => {
    const fake = fakeCodex(answer);
    const running = codexOf(fake).startThread(open).run('Hello', { outputSchema });
    await expect(running).rejects.toThrow('outputSchema must be a plain JSON object');
    expect(fake.invocations()).toEqual([]);
  });

  it('rejects with the message of a failed turn', async () => {
    const fake = fakeCodex([
      started,
      { line: { type: 'turn.failed', error: { message: 'stream disconnected before completion: x' } } },
      { exit: 1 },
    ]);
    await expect(codexOf(fake).startThread(open).run('Hello')).rejects.toMatchObject({
      code: 'TURN_FAILED',
      message: 'stream disconnected before completion: x',
    });
  });

  it.each([null, undefined])('emits the end of a turn whose usage is %s', async (usage) => {
    const fake = fakeCodex([started, { line: { type: 'turn.completed', usage } }]);
    const { events } = await codexOf(fake).startThread(open).runStreamed('Hello');
    const types: string[] = [];
    for await (const event of events) types.push(event.type);
    expect(types.at(-1)).toBe('turn.completed');
  });
});
