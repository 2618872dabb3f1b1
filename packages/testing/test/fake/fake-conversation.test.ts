import { fakeCodex } from '../../src/fake/index.js';
import { waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { ended, run, start } from '../helpers/start-fake.js';

afterEach(() => {
  disposeAll();
});

describe('conversation steps of a fake', () => {
  it('reply to JSON-RPC requests with their ids, independently of chunks', async () => {
    const fake = fakeCodex({
      readStdin: false,
      steps: [
        { reply: { method: 'initialize', result: { ok: 1 } } },
        { readLine: 'go' },
        { reply: { method: 'stop', error: { code: -1 } } },
      ],
    });
    const child = start(fake, ['app-server']);
    child.stdin?.write('{"id":1,"method":"initialize","par');
    await waitUntil(() => (fake.invocations()[0]?.stdin.length ?? 0) > 0);
    child.stdin?.end('ams":{}}\n{"method":"initialized"}\ngo\nnoise\n{"id":"two","method":"stop"}');
    const { stdout } = await ended(child);
    expect(stdout.toString()).toBe('{"id":1,"result":{"ok":1}}\n{"id":"two","error":{"code":-1}}\n');
  });

  it('exit at the end of stdin', async () => {
    const fake = fakeCodex({ readStdin: false, steps: [{ readLine: 'never' }, { exit: 9 }] });
    expect(await run(fake, ['app-server'], 'something\n')).toMatchObject({ code: 0 });
  });
});
