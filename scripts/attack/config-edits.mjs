// Others write to config.toml while a server is added, and the CLI rejects the result.
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, expect, folder, on, pinnedCli, shellCli } from '../lib/attack.mjs';

const CONFIG = 'model = "gpt-5.5"\n';

/** Runs `code` with a home; `slow` is a CLI that fails after 0.7 s, `fast` the pinned one. */
async function edit(code, { config = CONFIG, mode = 0o600 } = {}) {
  const codexHome = folder('home');
  const file = join(codexHome, 'config.toml');
  if (config !== undefined) writeFileSync(file, config);
  if (config !== undefined) chmodSync(file, mode);
  const slow = shellCli('sleep 0.7; echo "Error: failed to load configuration" >&2; exit 1');
  const fast = pinnedCli();
  const said = await answer(
    `const add = (binary, name, more) => collect(commands.mcpAdd$({ codexHome, binary, name, server: { command: ['true'] }, ...more }));
    ${code}; process.exit(0);`,
    { args: { codexHome, file, slow, fast }, timeout: 40_000 },
  );
  return { said, text: existsSync(file) ? readFileSync(file, 'utf8') : undefined, file };
}

await attack(on.posix, {
  'another server is added before a rejected one is taken back': async () => {
    const { text } = await edit(
      `const bad = add(slow, 'bad'); await sleep(250); await Promise.all([bad, add(fast, 'good')]); say(1)`,
    );
    expect(!text.includes('[mcp_servers.bad]'), 'the rejected server is still there');
    // It may have been refused instead; then it was reported.
    expect(text.includes('[mcp_servers.good]') || text === CONFIG, 'config.toml has an unexpected content');
  },
  'a server that was reported as added is lost': async () => {
    const { said, text } = await edit(
      `const bad = add(slow, 'bad'); await sleep(250); const good = await add(fast, 'good'); await bad; say(good instanceof Error ? good.code : 'added')`,
    );
    expect(said !== 'added' || text.includes('mcp_servers.good'), 'it is not in config.toml');
    return said;
  },
  'the user edits the file before a rejected server is taken back': async () => {
    const { text } = await edit(
      `const bad = add(slow, 'bad'); await sleep(250); fs.appendFileSync(file, '\\n# an hour of work\\n'); await bad; say(1)`,
    );
    expect(text.includes('an hour of work'), 'the edit is lost');
  },
  'the user creates the file before a rejected server is taken back': async () => {
    const { text } = await edit(
      `const bad = add(slow, 'bad'); await sleep(250); fs.writeFileSync(file, 'model = "other"\\n'); await bad; say(1)`,
      { config: undefined },
    );
    expect(text?.includes('other'), 'the file is lost');
  },
  'the subscriber unsubscribes before the CLI answers': async () => {
    const { text } = await edit(
      `const subscription = commands.mcpAdd$({ codexHome, binary: slow, name: 'half', server: { command: ['true'] } }).subscribe({ error: () => {} }); await sleep(250); subscription.unsubscribe(); await whenIdle(); await sleep(400); say(1)`,
    );
    expect(!text.includes('half'), 'the server is still there');
  },
  'config.toml is read-only': async () => {
    const { said, file, text } = await edit(
      `const result = await add(fast, 'x'); say(result instanceof Error ? result.code : 'added')`,
      { mode: 0o444 },
    );
    expect(said !== 'added' && text === CONFIG, 'it was replaced');
    expect((statSync(file).mode & 0o777) === 0o444, 'its mode changed');
  },
  'ten programs add servers at the same time': async () => {
    const { said, text } =
      await edit(`const results = await Promise.all(Array.from({ length: 10 }, (_, index) => add(fast, 's' + index)));
      say(results.map((result, index) => (result instanceof Error ? undefined : 's' + index)).filter(Boolean))`);
    const lost = said.filter((name) => !text.includes(`mcp_servers.${name}]`));
    expect(lost.length === 0, `lost: ${lost.join(', ')}`);
    expect(said.length > 0, 'none was added');
    return `${said.length} reported as added`;
  },
});
