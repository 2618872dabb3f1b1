import { setTimeout as delay } from 'node:timers/promises';
import { type CaseSandbox, openSandbox } from './case-sandbox.js';
import type { CaseSpec, HostActions } from './case-spec.js';
import { evaluateCase } from './evaluate.js';
import { type Host, startHostInProcess, startHostProcess } from './host.js';
import type { ConformanceModule, ConformanceOptions, ConformanceResult, ConformanceSubject } from './types.js';

const LIMIT = 15_000;
const MEMORY = 150;
const POLL = 20;

/** Runs a case against a subject, and leaves nothing behind, whatever the subject leaves. */
export async function runCase(
  spec: CaseSpec,
  subject: ConformanceSubject | ConformanceModule,
  options: ConformanceOptions = {},
): Promise<ConformanceResult> {
  const missing = missingNeeds(spec, subject, options);
  if (missing.length > 0) return skipped(spec, missing);
  const { limit = LIMIT, memory = MEMORY } = options;
  const place = openSandbox(spec);
  try {
    const start = performance.now();
    const host = startHost(spec, subject, options, place);
    const deadline = start + limit;
    const heard = new AbortController();
    const observation = await Promise.race([host.observed, untilCrash(host, deadline, heard.signal)]);
    heard.abort();
    const hasEnded = observation !== undefined;
    // What the subject still has to end gets the rest of the time.
    while (hasEnded && place.living(host.pid).length > (spec.mayLeave ?? 0) && performance.now() < deadline)
      await delay(POLL);
    const leftProcesses = place.living(host.pid).length;
    const ms = Math.round(performance.now() - start);
    while (hasEnded && place.leftFiles().length > 0 && performance.now() < deadline) await delay(POLL);
    const leftFiles = place.leftFiles();
    const crash = host.crash();
    const finished = await host.finish();
    return evaluateCase(spec, { observation, crash, ms, leftProcesses, leftFiles, ...finished }, { limit, memory });
  } finally {
    await place.close();
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
  place: CaseSandbox,
): Host {
  const prepared = spec.prepare?.(place, place.binary);
  const request: HostActions['request'] = {
    ...options.request,
    prompt: spec.prompt ?? 'Do it.',
    binary: place.binary,
    workingDirectory: place.cwd,
    ...spec.request,
    ...prepared?.request,
  };
  const plan = { ...spec.plan, request };
  if (typeof subject === 'function') return startHostInProcess(subject, plan);
  const env = { ...process.env, ...place.env, ...prepared?.host?.env };
  return startHostProcess(subject, plan, env, place.cwd, prepared?.host?.descriptors);
}

async function untilCrash(host: Host, deadline: number, heard: AbortSignal): Promise<undefined> {
  while (!heard.aborted && host.crash() === undefined && performance.now() < deadline) await delay(POLL);
  // Its last message may be on the way.
  return delay(POLL, undefined);
}
