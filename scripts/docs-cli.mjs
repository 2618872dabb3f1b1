// Writes the output of --help into the blocks of docs/cli.md that follow `<!-- help: COMMAND -->`.
//   npm run docs:cli
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs', 'cli.md');
const program = join(root, 'packages', 'cli', 'bin', 'codex-rx.cjs');

const text = readFileSync(page, 'utf8').replace(
  /(<!-- help: codex-rx ?([^>]*?) ?-->\n)(?:```text\n[\s\S]*?```\n)?/g,
  (_match, marker, command) => {
    const args = [program, ...command.split(' ').filter((word) => word !== ''), '--help'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return `${marker}\`\`\`text\n${stdout.trim()}\n\`\`\`\n`;
  },
);
writeFileSync(page, text);
