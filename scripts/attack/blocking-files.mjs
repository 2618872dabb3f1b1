// FIFOs, devices, loops of links and unreadable files among session files, homes, schemas and images.
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, expect, folder, on, shellCli } from '../lib/attack.mjs';

const fifo = (path) => spawnSync('mkfifo', [path]);
const FAKE = 'cat > /dev/null; thread; turn; done_';

async function tried(expression, args) {
  const code = `const run = (more) => collect(exec$({ binary, prompt: 'x', workingDirectory, timeout: 4000, terminateGrace: 100, ...more }));
    const caught = async (act) => { try { return await act(); } catch (error) { return error; } };
    const result = await (${expression}); say(result?.code ?? typeof result); process.exit(0);`;
  return answer(code, {
    args: { binary: shellCli(FAKE), workingDirectory: folder('workspace'), ...args },
    timeout: 15_000,
  });
}

function homeWith(prepare) {
  const codexHome = folder('home');
  const day = join(codexHome, 'sessions/2026/01/01');
  mkdirSync(day, { recursive: true });
  prepare(codexHome, day);
  return { codexHome };
}

const NAME = 'rollout-2026-01-01T00-00-00-01a205c4-69f5-7682-91b9-0f9fa5d429a7.jsonl';

await attack(on.posix, {
  'a session file is a FIFO': () =>
    tried(
      'collect(core.sessions$({ codexHome }))',
      homeWith((_, day) => fifo(join(day, NAME))),
    ),
  'a session file is a device': () =>
    tried(
      'collect(core.sessions$({ codexHome }))',
      homeWith((_, day) => symlinkSync('/dev/zero', join(day, NAME))),
    ),
  'links among the sessions form a loop': () =>
    tried(
      'collect(core.sessions$({ codexHome }))',
      homeWith((_, day) => symlinkSync('../../..', join(day, 'loop'))),
    ),
  'config.toml is a FIFO': () =>
    tried(
      'collect(core.preflight$({ binary, codexHome }))',
      homeWith((home) => fifo(join(home, 'config.toml'))),
    ),
  'config.toml is a device, and a server is added': () =>
    tried(
      'collect(commands.mcpAdd$({ binary, codexHome, name: "x", server: { command: ["x"] } }))',
      homeWith((home) => symlinkSync('/dev/zero', join(home, 'config.toml'))),
    ),
  'auth.json is a FIFO': () =>
    tried('caught(() => home.codexHome(target).seedAuthFrom(codexHome))', {
      ...homeWith((home) => fifo(join(home, 'auth.json'))),
      target: folder('target'),
    }),
  'the output schema is a FIFO': () => {
    const path = join(folder('schema'), 'schema.json');
    fifo(path);
    return tried('run({ outputSchema: path })', { path });
  },
  'an image is a FIFO': () => {
    const path = join(folder('images'), 'image.png');
    fifo(path);
    return tried('run({ images: [path] })', { path });
  },
  'the log that is read is a FIFO, five times': async () => {
    const path = join(folder('logs'), 'run.jsonl');
    fifo(path);
    const workspace = folder('workspace');
    writeFileSync(join(workspace, 'x'), '');
    const said = await tried(
      `(async () => {
        const subscriptions = Array.from({ length: 5 }, () => core.readEvents$(path).subscribe({ error: () => {} }));
        await sleep(300);
        for (const subscription of subscriptions) subscription.unsubscribe();
        const result = await run({ workingDirectory: undefined, outputSchema: {} });
        await whenIdle();
        return result;
      })()`,
      { path },
    );
    expect(said === 'object', `a later run ended with ${said}`);
  },
});
