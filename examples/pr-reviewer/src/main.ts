// node dist/src/main.js [base] : reviews the branch in this folder with your own, logged-in CLI.
import process from 'node:process';
import { exec$ } from '@codex-rx/core';
import { review } from './review.js';

const [base = 'main'] = process.argv.slice(2);

review({ folder: process.cwd(), base }, exec$).subscribe((step) => {
  if (step.kind === 'looks') console.log(`… ${step.command}`);
  else if (step.kind === 'gave up') {
    console.error(step.why);
    process.exitCode = 1;
  } else {
    for (const { file, line, problem } of step.findings) console.log(`${file}:${String(line)}: ${problem}`);
    console.log(`${String(step.findings.length)} findings`);
  }
});
