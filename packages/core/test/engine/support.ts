import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Codex, createCodex, type RunNotification, whenIdle } from '@codex-rx/core';
import { type FakeAppServerProgram, openFakeAppServer } from '@codex-rx/testing';
import type { EngineOptions } from '../../src/engine/options.js';

/** A client on fake servers, for each test of a file. */
export interface WarmPlace {
  readonly folder: string;
  readonly fake: FakeAppServerProgram;
  open(script: Parameters<typeof openFakeAppServer>[0], engine?: Partial<EngineOptions>): Promise<Codex>;
}

export function warmPlace(): WarmPlace {
  let folder = '';
  let fake: FakeAppServerProgram | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'codex-rx-warm-'));
  });
  afterEach(async () => {
    await whenIdle();
    await fake?.[Symbol.asyncDispose]();
    fake = undefined;
    await rm(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    get fake() {
      if (fake === undefined) throw new Error('open() comes first');
      return fake;
    },
    async open(script, engine = {}) {
      fake = await openFakeAppServer(script);
      const options = {
        binary: fake.binary,
        codexHome: join(folder, 'home'),
        workingDirectory: folder,
        terminateGrace: 500,
      };
      return createCodex(options, { transport: 'app-server', ...engine });
    },
  };
}

/** The pids of the servers of a run. */
export const pidsOf = (notifications: readonly RunNotification[]): number[] =>
  notifications.flatMap((one) => (one.type === 'started' ? [one.pid ?? 0] : []));
