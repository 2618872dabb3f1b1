import { checkConnect } from '../app-server/options/check-connect.js';
import { RequestError } from '../errors/request-error.js';
import { checkDuration, checkInteger, checkOneOf, describeValue } from '../request/checks.js';
import { isTable } from '../request/is-table.js';
import type { EngineOptions } from './options.js';

const MAX_COUNT = 1_000;

type Check = (field: string, value: unknown) => void;

const CHECKS: Readonly<Record<keyof EngineOptions, Check>> = {
  transport: (field, value) => {
    checkOneOf(field, value, ['exec', 'app-server']);
  },
  approvals: (field, value) => {
    if (typeof value !== 'function') throw new RequestError(field, `must be a function, got ${describeValue(value)}.`);
  },
  idleStop: (field, value) => {
    checkDuration(field, value, { infinite: true });
  },
  maxServers: (field, value) => {
    checkInteger(field, value, [1, MAX_COUNT]);
  },
  spareThreads: (field, value) => {
    checkInteger(field, value, [0, MAX_COUNT]);
  },
  connect: checkConnect,
};

/** Checks the options of an engine. @throws RequestError */
export function checkEngineOptions(options: EngineOptions): void {
  if (!isTable(options)) throw new RequestError('engine', `must be an object, got ${describeValue(options)}.`);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(CHECKS, name))
      throw new RequestError(name, 'is not an option of the engine. Options of runs are in the first argument.');
    CHECKS[name as keyof EngineOptions](name, value);
    if (name !== 'transport' && options.transport !== 'app-server')
      throw new RequestError(name, 'needs transport: "app-server".');
  }
}
