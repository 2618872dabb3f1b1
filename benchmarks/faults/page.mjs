// The page of results. Pure: columns of results in, Markdown out.

const verbs = {
  completed: 'completes',
  failed: 'fails',
  left: 'left',
  hung: 'does not end',
  crashed: '**host crashes**',
  skipped: '–',
};
const said = new Set(['the host crashed', 'it did not end', 'it failed', 'it completed', 'it was left']);

/** The observed result and its faults. */
function cell(result) {
  if (result === undefined || result.outcome === 'skipped') return '–';
  const verb = result.outcome === 'left' && result.ok ? 'all gone' : verbs[result.outcome];
  const time = result.outcome === 'hung' || result.outcome === 'crashed' ? '' : `, ${seconds(result.ms)}`;
  // The time is in the cell, and what is left says why it took so long.
  const problems = result.problems.filter((problem) => !said.has(problem) && !problem.startsWith('it took '));
  const words = result.detail.replace(/ \(exit code \d+\)$|^without a word /g, '').replace(/^\((.*)\)$/, '$1');
  const crash = result.outcome === 'crashed' ? ` (${words.replaceAll(/\/\S*codex-rx-f\S*\/codex/g, 'codex')})` : '';
  const late = result.problems.some((problem) => problem.startsWith('it took ')) && problems.length === 0;
  const rest = [...problems, ...(late ? ['too late'] : [])].map((problem) => `; ${problem}`).join('');
  return `${result.ok ? '✓' : '✗'} ${verb}${time}${crash}${rest}`.replaceAll('|', '\\|');
}

const seconds = (ms) => (ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

function score({ results }) {
  const run = results.filter(({ outcome }) => outcome !== 'skipped');
  return `${run.filter(({ ok }) => ok).length} of ${run.length}`;
}

const row = (cells) => `| ${cells.join(' | ')} |\n`;

/**
 * @param columns one for each subject, ours first: `{ name, version?, results }`
 */
export function faultsPage(columns, { machine, day }) {
  const [own] = columns;
  const title = ({ name, version }) => (version === undefined ? name : `\`${name}\` ${version}`);
  const table = [
    row(['case', 'expected', ...columns.map(title)]),
    row(['---', '---', ...columns.map(() => '---')]),
    ...own.results.map(({ name, expected }) =>
      row([name, expected, ...columns.map(({ results }) => cell(results.find((result) => result.name === name)))]),
    ),
    row(['**as expected**', '', ...columns.map((column) => `**${score(column)}**`)]),
  ].join('');
  return `# Faults

What becomes of a run when something goes wrong: the same cases for codex-rx and for two other clients of the CLI. The table is written by
\`npm run bench:faults\`; do not edit it. The cases are those of \`runConformance()\` of \`@codex-rx/testing\`, and codex-rx's own tests run them.

- ✓ is what the column *expected* says, **and**: within 15 s, no process left alive, no temporary file left, the host's memory grown by 150 MiB
  at most, nobody warned, the host able to end by itself. ✗ is anything else; what is wrong is said behind it.
- What is expected is what codex-rx promises. Some of it is a matter of taste that others have decided otherwise: whether a line that is no
  JSON fails the turn, whether exit code 0 without a terminal event is a success, whether a turn that was completed counts although the CLI
  exits with code 1 afterwards, and how much of what a run leaves is ended by its client.
- Each case has a fake CLI that behaves as the case says, and a host process of its own, so that a crash is one result. Times are from
  subscribing until the run had ended and nothing of it was alive; they tell orders of magnitude: the start of the fake is in them.
- The others are used as their documentation shows it (\`benchmarks/faults/adapters\`): \`runStreamed()\` with a \`signal\`; \`streamText()\`
  of \`ai\` with an \`abortSignal\`. Their columns of *unsubscribed* mean that this signal is aborted and the loop is left, a time limit is
  \`AbortSignal.timeout()\`, and a paused consumer does not ask for the next event. Neither has a log of events, hence “–”.
- ${machine}; ${day}. \`ai-sdk-provider-codex-cli\` and \`ai\` ask for Node 22 or later; they ran on this one.

${table}
## Where the others are as good

${equals(columns)}
## On Linux only

Processes are found by a variable of their environment, so that daemons count. On other systems the cases know the processes of the fake only.
`;
}

function equals([own, ...others]) {
  return others
    .map(({ name, results }) => {
      const good = results.filter(
        ({ ok, outcome, name: title }) =>
          ok && outcome !== 'skipped' && own.results.some((result) => result.name === title && result.ok),
      );
      return `- \`${name}\`, in ${good.length} cases: ${good.map(({ name: title }) => title).join('; ')}.\n`;
    })
    .join('');
}
