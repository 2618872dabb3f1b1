import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { model } from '@codex-rx/testing';
import { cliCapabilities } from '../../src/request/cli-capabilities.js';
import { clis, effectOf } from './effect.js';

const searchTool = (tools: unknown): unknown => (tools as { type: string }[]).find(({ type }) => type === 'web_search');

/** Unknown models have neither verbosity nor summaries. */
const fullModel = (version: string): string => (version.startsWith('0.98.') ? 'gpt-5.2' : 'gpt-5.5');
const textOf = ({ text }: Readonly<Record<string, unknown>>): unknown => text;

describe.each(clis)('with codex %s', (version, binary) => {
  it('sends the prompt unchanged', async () => {
    const prompt = '  --help\nsecond line, "quotes" and ümlauts \u2028 ';
    const { requests, error } = await effectOf(binary, { prompt });
    expect([requests[0]?.prompt, error]).toEqual([prompt, undefined]);
  });

  it('model selects the model', async () => {
    const { requests, context } = await effectOf(binary, { model: 'gpt-5.4' });
    expect([requests[0]?.model, context?.model]).toEqual(['gpt-5.4', 'gpt-5.4']);
  });

  it('reasoning arrives in the request', async () => {
    const { body } = await effectOf(binary, {
      model: fullModel(version),
      reasoning: { effort: 'high', summary: 'detailed', verbosity: 'high', supportsSummaries: true },
    });
    expect(body.reasoning).toMatchObject({ effort: 'high', summary: 'detailed' });
    expect(textOf(body)).toMatchObject({ verbosity: 'high' });
  });

  it('the defaults of reasoning arrive for gpt-5.1, unless they are switched off', async () => {
    const on = await effectOf(binary, { model: 'gpt-5.1' });
    const off = await effectOf(binary, { model: 'gpt-5.1', autoReasoningDefaults: false });
    expect([on.context?.effort, off.context?.effort]).toEqual(['medium', undefined]);
  });

  it('config and configOverrides change settings, and configOverrides take precedence', async () => {
    const { body } = await effectOf(binary, {
      model: fullModel(version),
      config: { model_verbosity: 'low', developer_instructions: 'Line "one"\nline two' },
      configOverrides: ['model_verbosity="high"'],
    });
    expect(textOf(body)).toMatchObject({ verbosity: 'high' });
    expect(JSON.stringify(body.input).includes(JSON.stringify('Line "one"\nline two').slice(1, -1))).toBe(true);
  });

  it('config arrives with keys that need quotes', async () => {
    const { toolOutput } = await effectOf(
      binary,
      { config: { shell_environment_policy: { set: { 'RX.DOTTED': 'it is here', RX_PLAIN: 'and here' } } } },
      [model.run('env | grep ^RX | sort; sleep 0.5'), model.say('Done.')],
    );
    expect(toolOutput).toMatch(/RX\.DOTTED=it is here\s+RX_PLAIN=and here/);
  });

  it('search is live search', async () => {
    // With full access search is live by default.
    const sandbox = 'read-only';
    const [without, live] = [await effectOf(binary, { sandbox }), await effectOf(binary, { sandbox, search: true })];
    expect(searchTool(live.body.tools)).toMatchObject({ external_web_access: true });
    expect(searchTool(without.body.tools)).not.toMatchObject({ external_web_access: true });
  });

  it('enable and disable switch features', async () => {
    const [with_, without, again] = [
      await effectOf(binary, {}),
      await effectOf(binary, { disable: ['shell_tool'] }),
      await effectOf(binary, { config: { features: { shell_tool: false } }, enable: ['shell_tool'] }),
    ];
    expect(with_.toolNames).toContain('exec_command');
    expect(without.toolNames).not.toContain('exec_command');
    expect(again.toolNames).toContain('exec_command');
  });

  it('oss uses the local provider that localProvider names', async () => {
    const [ollama, lmstudio] = [
      await effectOf(binary, { oss: true, localProvider: 'ollama' }),
      await effectOf(binary, { oss: true, localProvider: 'lmstudio' }),
    ];
    expect(ollama.error).toMatchObject({ code: 'EXIT', stderr: expect.stringMatching(/ollama/i) as string });
    expect(lmstudio.error).toMatchObject({ code: 'EXIT', stderr: expect.stringMatching(/LM ?Studio/i) as string });
  });

  it('an output schema, as an object or a path, sets the format of the answer', async () => {
    const schema = {
      type: 'object',
      properties: { answer: { type: 'string' } },
      required: ['answer'],
      additionalProperties: false,
    };
    const object = await effectOf(binary, { outputSchema: schema });
    const path = await effectOf(binary, {}, undefined, (scripted) => {
      const file = join(scripted.options.codexHome, 'schema.json');
      writeFileSync(file, JSON.stringify(schema));
      return { outputSchema: file };
    });
    for (const { body } of [object, path]) {
      expect(textOf(body)).toMatchObject({ format: { type: 'json_schema', schema } });
    }
  });

  it('images are sent with the prompt, in order', async () => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const { requests, body } = await effectOf(binary, {}, undefined, (scripted) => {
      const images = ['one.png', '-two.png'].map((name) => join(scripted.options.codexHome, name));
      for (const image of images) writeFileSync(image, pixel);
      return { images };
    });
    expect(requests[0]?.prompt).toContain('Go.');
    expect(JSON.stringify(body.input).match(/data:image\/png/g)).toHaveLength(2);
  });

  it('color changes nothing in the events', async () => {
    const { events } = await effectOf(binary, { color: 'always' });
    expect(events.map(({ type }) => type)).toEqual([
      'thread.started',
      'turn.started',
      'item.completed',
      'turn.completed',
    ]);
  });
});

describe.each(clis)('with codex %s', (version, binary) => {
  it('profile overrides the configuration: a file of the home, before 0.150 a table', async () => {
    const isFile = !cliCapabilities(version).missing.has('fork');
    const { requests, error } = await effectOf(binary, { profile: 'work' }, undefined, ({ options }) => {
      if (isFile) writeFileSync(join(options.codexHome, 'work.config.toml'), 'model = "gpt-5.4"\n');
      else appendFileSync(join(options.codexHome, 'config.toml'), '\n[profiles.work]\nmodel = "gpt-5.4"\n');
      return { model: undefined };
    });
    expect([requests[0]?.model, error]).toEqual(['gpt-5.4', undefined]);
  });
});
