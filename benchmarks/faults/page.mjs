// Converts the results of the fault cases to a Markdown page. Pure.

const VERBS = {
  completed: 'completes',
  failed: 'fails',
  unsubscribed: 'unsubscribed',
  hung: 'does not end',
  crashed: '**host crashes**',
  skipped: '–',
};
/** Problems that the verb of the cell expresses. */
const EXPRESSED = new Set(['the host crashed', 'it did not end', 'it failed', 'it completed', 'it was unsubscribed']);
const COLUMNS = 118;

/** Returns the observed end, the time and the problems of a result. */
function cell(result) {
  if (result === undefined || result.outcome === 'skipped') return '–';
  const verb = result.outcome === 'unsubscribed' && result.ok ? 'all exited' : VERBS[result.outcome];
  const time = result.outcome === 'hung' || result.outcome === 'crashed' ? '' : `, ${seconds(result.ms)}`;
  // The cell contains the time, and remaining processes explain a long one.
  const problems = result.problems.filter((problem) => !EXPRESSED.has(problem) && !problem.startsWith('it took '));
  const error = result.detail.replace(/ \(exit code \d+\)$|^without output /g, '').replace(/^\((.*)\)$/, '$1');
  const crash = result.outcome === 'crashed' ? ` (${error.replaceAll(/\/\S*codex-rx-f\S*\/codex/g, 'codex')})` : '';
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
 * @param columns one per subject, codex-rx first: `{ name, version?, results }`
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

This page compares codex-rx with two other clients of the CLI in fault cases. \`npm run bench:faults\` generates it; do
not edit it. The cases are those of \`runConformance()\` of \`@codex-rx/testing\`, which the tests of codex-rx also run.

- ✓ means that the run ends as the column *expected* states within 15 s, **and** leaves no process and no temporary
  file, the memory of the host grows by at most 150 MiB, no warning is emitted, and the host exits by itself. The
  problems follow the ✗.
- The expected behaviour is that of codex-rx. Other clients may make other choices: whether a line that is not JSON
  fails the turn, whether exit code 0 without a terminal event is a success, whether a completed turn counts if the CLI
  then exits with code 1, and which processes of a run the client kills.
- Each case has its own fake CLI and host process, so a crash affects one case. Times are from subscribe until the run
  has ended and its processes have exited. They include the start of the fake and show orders of magnitude.
- The adapters in \`benchmarks/faults/adapters\` use the other clients as documented: \`runStreamed()\` with a \`signal\`,
  and \`streamText()\` of \`ai\` with an \`abortSignal\`. To unsubscribe, an adapter aborts the signal and breaks the loop.
  A time limit is \`AbortSignal.timeout()\`. A paused subscriber does not request the next event. Neither client has an
  event log (–).
- ${machine}; ${day}.
- \`ai-sdk-provider-codex-cli\` and \`ai\` require Node 22 or later, but ran on this version.

${table}
## Cases in which the others are as good

${equals(columns)}
## Other systems

On Linux, the cases find processes by a variable of their environment, including daemons. On other systems, they find
only the processes of the fake.
`;
}

/** Wraps a list item. */
function wrap(text) {
  const lines = [];
  let line = '-';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

function equals([own, ...others]) {
  return others
    .map(({ name, results }) => {
      const good = results.filter(
        ({ ok, outcome, name: title }) =>
          ok && outcome !== 'skipped' && own.results.some((result) => result.name === title && result.ok),
      );
      return `${wrap(`\`${name}\`, in ${good.length} cases: ${good.map(({ name: title }) => title).join('; ')}.`)}\n`;
    })
    .join('');
}
