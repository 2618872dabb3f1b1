import { readFileSync, writeFileSync } from 'node:fs';
import { type Server } from 'node:net';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { openResponsesApiProxy, type ResponsesApiProxy, responsesApiProxy$ } from '@codex-rx/core/commands';
import { livingPids } from '@codex-rx/testing/processes';
import { firstValueFrom } from 'rxjs';
import { privateFolder, removeFolders } from '../support/real.js';
import { removeStandIns, standIn } from '../support/stand-in.js';

const servers = new Set<Server>();

afterEach(async () => {
  await removeStandIns();
  for (const server of servers) server.close();
  servers.clear();
  removeFolders();
});
const apiKey = 'sk-proxy-secret-123';

/** A stand-in that starts with a shell script, which knows its own pid. */
function proxyStandIn(script: string, then: readonly object[] = [{ hang: true }]) {
  const folder = privateFolder();
  const infoPath = join(folder, 'info.json');
  const fake = standIn({ readStdin: true, steps: [...then] as never });
  const binary = join(folder, 'codex');
  writeFileSync(
    binary,
    `#!/bin/sh\n[ "$1" = --version ] && { echo codex-cli 0.169.0; exit; }\n${script}\nexec "${fake.binary}" "$@"\n`,
    { mode: 0o755 },
  );
  return { fake, binary, infoPath };
}
const writesOwn = (delay = '0') =>
  `sleep ${delay}; for a; do [ "$p" = --server-info ] && i=$a; p=$a; done; printf '{"port":4567,"pid":%s}' $$ > "$i"`;

describe('a resource', () => {
  it('is closed by firstValueFrom, which is why there is a twin', async () => {
    const { fake, binary } = proxyStandIn(writesOwn());
    const proxy: ResponsesApiProxy = await firstValueFrom(responsesApiProxy$({ binary, apiKey, terminateGrace: 100 }));
    await proxy.exited;
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('keeps its secret out of its arguments', async () => {
    const { fake, binary } = proxyStandIn(writesOwn());
    const proxy = await openResponsesApiProxy({ binary, apiKey });
    expect(readFileSync(`/proc/${proxy.pid}/cmdline`, 'utf8')).not.toContain(apiKey);
    await proxy[Symbol.asyncDispose]();
    expect(livingPids(fake.pids())).toEqual([]);
  });
});
