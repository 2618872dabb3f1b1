import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProgram } from '../../src/program/describe-program.js';
import { createProgram } from '../../src/program/program.js';
import { runInProcess } from '../support/in-process.js';

const page = readFileSync(join(__dirname, '../../../../docs/cli.md'), 'utf8');
const { subcommands } = describeProgram(createProgram('0.0.0', () => undefined, process));
const paths = ['', ...subcommands.flatMap((command) => [command.path, ...command.subcommands.map(({ path }) => path)])];

describe('docs/cli.md', () => {
  it.each(paths)('has the help of `codex-rx %s`: npm run docs:cli writes it', async (path) => {
    const args = [...path.split(' ').filter((word) => word !== ''), '--help'];
    const { stdout } = await runInProcess(args);
    expect(page).toContain(`<!-- help: ${`codex-rx ${path}`.trim()} -->\n\`\`\`text\n${stdout.trim()}\n\`\`\`\n`);
  });
});
