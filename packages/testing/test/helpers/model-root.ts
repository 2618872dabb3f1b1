import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ScriptedModel } from '../../src/model/index.js';
import { disposeAll } from '../../src/util/open-resources.js';

/** Creates a root for the homes of the models of each test. Removes it after the test. */
export function useModelRoot(): () => string {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(homedir(), '.codex-rx-test-'));
  });
  afterEach(() => {
    disposeAll();
    rmSync(root, { recursive: true, force: true });
  });
  return () => root;
}

export const codexHome = ({ options }: ScriptedModel): string => options.codexHome;

/** Resolves to whether the port of the URL accepts connections. */
export function isListening(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
      .on('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .on('error', () => {
        resolve(false);
      });
  });
}
