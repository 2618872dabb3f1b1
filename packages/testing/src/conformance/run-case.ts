import { setTimeout as delay } from 'node:timers/promises';
import { type CaseSandbox, openSandbox } from './case-sandbox.js';
import type { CaseSpec, HostActions } from './case-spec.js';
import { evaluateCase } from './evaluate.js';
import { type Host, startHostInProcess, startHostProcess } from './host.js';
import type { ConformanceModule, ConformanceOptions, ConformanceResult, ConformanceSubject } from './types.js';

const TIME_LIMIT_MS = 15_000;
const MEMORY_LIMIT_MIB = 150;
const POLL_INTERVAL_MS = 20;

/** Runs a case against a subject. Kills the processes and removes the files that the subject leaves. */
export async function runCase(
  spec: CaseSpec,
  subject: ConformanceSubject | ConformanceModule,
  options: ConformanceOptions = {},
): Promise<ConformanceResult> {
  const missing = missingNeeds(spec, subject, options);
  if (missing.length > 0) return skipped(spec, missing);
  const { limit = TIME_LIMIT_MS, memory = MEMORY_LIMIT_MIB } = options;
  const sandbox = openSandbox(spec);
  try {
    const start = performance.now();
    const host = startHost(spec, subject, options, sandbox);
    const deadline = start + limit;
    const observed = new AbortController();
    const observation = await Promise.race([host.observed, untilCrash(host, deadline, observed.signal)]);
    observed.abort();
    const hasEnded = observation !== undefined;
    const allowed = spec.allowedProcesses ?? 0;
    // The subject may terminate its processes until the deadline.
    while (hasEnded && sandbox.living(host.pid).length > allowed && performance.now() < deadline)
      await delay(POLL_INTERVAL_MS);
    const leftProcesses = sandbox.living(host.pid).length;
    const ms = Math.round(performance.now() - start);
    while (hasEnded && sandbox.leftFiles().length > 0 && performance.now() < deadline) await delay(POLL_INTERVAL_MS);
    const leftFiles = sandbox.leftFiles();
    const crash = host.crash();
    const finished = await host.finish();
    return evaluateCase(spec, { observation, crash, ms, leftProcesses, leftFiles, ...finished }, { limit, memory });
  } finally {
    await sandbox.close();
  }
}

function missingNeeds(spec: CaseSpec, subject: unknown, { lacks = [] }: ConformanceOptions): string[] {
  const needs = spec.needs ?? [];
  const without = typeof subject === 'function' ? [...lacks, 'host'] : lacks;
  return needs.filter((need) => without.includes(need));
}

function skipped(spec: CaseSpec, missing: readonly string[]): ConformanceResult {
  const { name, expected } = spec;
  const detail = `needs ${missing.join(', ')}`;
  return {
    name,
    expected,
    outcome: 'skipped',
    detail,
    ms: 0,
    leftProcesses: 0,
    leftFiles: [],
    rssGrowth: 0,
    ok: true,
    problems: [],
  };
}

function startHost(
  spec: CaseSpec,
  subject: ConformanceSubject | ConformanceModule,
  options: ConformanceOptions,
  sandbox: CaseSandbox,
): Host {
  const prepared = spec.prepare?.(sandbox, sandbox.binary);
  const request: HostActions['request'] = {
    ...options.request,
    prompt: spec.prompt ?? 'Do it.',
    binary: sandbox.binary,
    workingDirectory: sandbox.cwd,
    ...spec.request,
    ...prepared?.request,
  };
  const actions = { ...spec.actions, request };
  if (typeof subject === 'function') return startHostInProcess(subject, actions);
  const env = { ...process.env, ...sandbox.env, ...prepared?.host?.env };
  return startHostProcess(subject, actions, env, sandbox.cwd, prepared?.host?.descriptors);
}

async function untilCrash(host: Host, deadline: number, observed: AbortSignal): Promise<undefined> {
  while (!observed.aborted && host.crash() === undefined && performance.now() < deadline) await delay(POLL_INTERVAL_MS);
  // The last message of the host may be in transit.
  return delay(POLL_INTERVAL_MS, undefined);
}
