import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../../command/context.js';
import { EXIT } from '../../command/exit-codes.js';
import { UsageError } from '../../command/usage-error.js';
import { toJson } from '../../text/to-json.js';
import { DIMENSIONS, type Dimension } from '../../usage/aggregate.js';
import { collectUsage } from '../../usage/collect-usage.js';
import { type Calendar, createCalendar } from '../../usage/periods.js';
import { createPrices, findProviderId } from '../../usage/prices.js';
import { createProgressBar } from '../../usage/progress-bar.js';
import { renderTable } from '../../usage/render-table.js';
import { usageJson } from '../../usage/usage-json.js';
import { defaultHome } from '../default-home.js';

/** The options of `codex-rx usage`. */
export interface UsageInput {
  readonly by: string;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly timezone?: string | undefined;
  readonly home?: string | undefined;
  readonly provider?: string | undefined;
  readonly json?: boolean | undefined;
}

const DAY = /^(\d{4})-?(\d\d)-?(\d\d)$/;
const DEFAULT_COLUMNS = 100;

/** Prints tokens and cost. */
export async function usage(input: UsageInput, { stdout, stderr, env, cwd, signal }: Context): Promise<number> {
  const by = parseDimensions(input.by);
  const since = parseDay('--since', input.since);
  const until = parseDay('--until', input.until);
  const timeZone = input.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const calendar = parseTimeZone(timeZone);
  if (input.provider !== undefined && findProviderId(input.provider) === undefined) {
    throw new UsageError(
      `The price table has no provider "${input.provider}". Pass one such as "openai" to --provider.`,
    );
  }
  const home = resolve(cwd, input.home ?? defaultHome(env));
  if ((await stat(home).catch(() => undefined)) === undefined) {
    throw new UsageError(`There is no Codex home at ${home}. Set CODEX_HOME or pass --home.`);
  }
  const progress = createProgressBar(stderr);
  const result = await collectUsage(home, {
    by,
    since,
    until,
    calendar,
    priceOf: createPrices(input.provider),
    signal,
    onProgress: progress.update,
  }).finally(progress.end);
  const text =
    input.json === true
      ? `${toJson(usageJson(result, { by, timeZone, since, until }), 2)}\n`
      : renderTable(result, {
          by,
          home,
          timeZone,
          columns: stdout.columns || DEFAULT_COLUMNS,
          colors: stdout.isTTY && stdout.hasColors(env),
        });
  if (!stdout.write(text)) await once(stdout, 'drain', { signal });
  return EXIT.ok;
}

function parseDimensions(text: string): readonly Dimension[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!isDimension(name)) throw new UsageError(`Unknown value "${name}" of --by. Use ${DIMENSIONS.join(', ')}.`);
  }
  return [...new Set(names.filter(isDimension))];
}

function isDimension(name: string): name is Dimension {
  return (DIMENSIONS as readonly string[]).includes(name);
}

/** Returns a day as `2026-11-30`. */
function parseDay(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, year = '', month = '', day = ''] = DAY.exec(text) ?? [];
  const name = `${year}-${month}-${day}`;
  const time = Date.parse(`${name}T00:00:00Z`);
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(name)) return name;
  throw new UsageError(`"${text}" of ${option} is not a day. Write it as 2026-11-30.`);
}

function parseTimeZone(name: string): Calendar {
  try {
    return createCalendar(name);
  } catch {
    throw new UsageError(`Unknown time zone "${name}". Write it as Europe/Berlin.`);
  }
}
