import { spawn } from 'node:child_process';
import { fakeCodex } from '../../src/fake/index.js';

const fake = fakeCodex([{ spawn: { kind: 'setsid', seconds: 300 } }, { line: 'ready' }, { hang: true }]);
const child = spawn(fake.binary, ['exec'], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
child.stdout.once('data', () => {
  process.stdout.write(JSON.stringify({ binary: fake.binary, pids: fake.pids() }));
  process.exit(0);
});
