import { chmodSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { type AnyRunRequest, exec$, isCodexError, run$ } from '@codex-rx/core';
import { fakeCodex } from '@codex-rx/testing';
import { EMPTY, throwError } from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, started } from './support/lines.js';
import { observe } from './support/observe.js';
import { watchSpawns } from './support/overlap.js';

const place = leavesNothing();
const spawns = watchSpawns();

const errorOf = async (request: AnyRunRequest): Promise<{ code: string; message: string }> => {
  const { error, values } = await observe(run$(request));
  expect(values).toEqual([]);
  expect(isCodexError(error)).toBe(true);
  return error as { code: string; message: string };
};

/** A request that would run, but for what is given. */
const request = (wrong: object): AnyRunRequest => ({
  prompt: 'hello',
  ...fakeCodex([{ lines: [started, completed] }]).options,
  ...wrong,
});

describe('a request that cannot be run starts nothing', () => {
  it.each<[string, object, { code: string; field: string }, RegExp]>([
    ['a blank prompt', { prompt: ' \n' }, { code: 'REQUEST_INVALID', field: 'prompt' }, /must not be empty/],
    ['no prompt at all', { prompt: undefined }, { code: 'REQUEST_INVALID', field: 'prompt' }, /must be a string/],
    [
      'a NUL in an option',
      { model: 'gpt\0' },
      { code: 'REQUEST_INVALID', field: 'model' },
      /control character.*Remove/,
    ],
    [
      'a NUL in a folder',
      { workingDirectory: '/a\0b' },
      { code: 'REQUEST_INVALID', field: 'workingDirectory' },
      /Remove/,
    ],
    ['a NUL in the environment', { env: { A: '\0' } }, { code: 'REQUEST_INVALID', field: 'env.A' }, /NUL.*Remove/],
    [
      'a schema that is an array',
      { outputSchema: [] },
      { code: 'REQUEST_INVALID', field: 'outputSchema' },
      /plain object.*path/,
    ],
    [
      'a schema that is a number',
      { outputSchema: 3 },
      { code: 'REQUEST_INVALID', field: 'outputSchema' },
      /plain object.*path/,
    ],
    [
      'an option that there is not',
      { workingDir: '/w' },
      { code: 'REQUEST_INVALID', field: 'workingDir' },
      /Did you mean "workingDirectory"\?/,
    ],
    [
      'a policy that asks',
      { approvalPolicy: 'on-request' },
      { code: 'REQUEST_INVALID', field: 'approvalPolicy' },
      /app-server/,
    ],
    ['an empty path of a log', { eventLog: '' }, { code: 'REQUEST_INVALID', field: 'eventLog' }, /must not be empty/],
  ])('%s is a RequestError that names the field', async (_what, wrong, expected, message) => {
    const error = await errorOf(request(wrong));
    expect(error).toMatchObject(expected);
    expect(error.message).toMatch(message);
    expect(spawns.pids).toEqual([]);
  });

  it('lines that returns no Observable is a RequestError that names the expected value', async () => {
    const error = await errorOf(request({ lines: () => undefined }));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'lines' });
    expect(spawns.pids).toEqual([]);
  });

  it('lines that throws errors with the thrown value', async () => {
    const thrown = new Error('no operator');
    const lines = (): never => {
      throw thrown;
    };
    expect((await observe(exec$({ prompt: 'hello', ...fakeCodex([]).options, lines }))).error).toBe(thrown);
    expect(spawns.pids).toEqual([]);
  });

  it('lines that wants none completes without a process', async () => {
    const { options } = fakeCodex([{ lines: [started, completed] }]);
    const observed = await observe(exec$({ prompt: 'hello', ...options, lines: () => EMPTY }));
    expect(observed).toMatchObject({ error: undefined, values: [] });
    expect(spawns.pids).toEqual([]);
  });

  it('a signal that is aborted already is an AbortError', async () => {
    const reason = { why: 'changed my mind' };
    const error = await errorOf(request({ signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', reason });
    expect(spawns.pids).toEqual([]);
  });
});

describe('missing files and folders have different errors', () => {
  it('a missing image, which the CLI would report to the model only', async () => {
    const there = join(place.folder, 'there.png');
    writeFileSync(there, '');
    const missing = join(place.folder, 'nowhere.png');
    const error = await errorOf(request({ images: [there, missing] }));
    expect(error).toMatchObject({ name: 'RequestError', code: 'REQUEST_INVALID', field: 'images[1]' });
    expect(error.message).toBe(`"images[1]" cannot be read: ${missing} (ENOENT).`);
    expect(spawns.pids).toEqual([]);
  });

  it('an image that is missing where the host is, wherever the run works', async () => {
    writeFileSync(join(place.folder, 'here.png'), '');
    const error = await errorOf(request({ images: ['here.png'], workingDirectory: place.folder }));
    expect(error.message).toBe(`"images[0]" cannot be read: ${resolve('here.png')} (ENOENT).`);
  });

  it('an image that is a folder', async () => {
    const error = await errorOf(request({ images: [place.folder] }));
    expect(error.message).toBe(`"images[0]" must be a file: ${place.folder} is not.`);
  });

  // Root may read everything.
  (process.getuid?.() === 0 ? it.skip : it)('an image that may not be read', async () => {
    const secret = join(place.folder, 'secret.png');
    writeFileSync(secret, '', { mode: 0o000 });
    const error = await errorOf(request({ images: [secret] }));
    // eslint-disable-next-line jest/no-standalone-expect -- it stands in one
    expect(error.message).toBe(`"images[0]" cannot be read: ${secret} (EACCES).`);
  });

  it('a missing binary', async () => {
    const binary = join(place.folder, 'nowhere', 'codex');
    const error = await errorOf(request({ binary }));
    expect(error).toMatchObject({ name: 'BinaryNotFoundError', code: 'BINARY_NOT_FOUND', binary });
    expect(error.message).toMatch(/Install it.*or set "binary"/);
  });

  it('a missing name on PATH', async () => {
    const error = await errorOf(request({ binary: 'no-such-codex' }));
    expect(error).toMatchObject({ code: 'BINARY_NOT_FOUND', binary: 'no-such-codex' });
  });

  it('a binary that may not be executed', async () => {
    const binary = join(place.folder, 'codex');
    writeFileSync(binary, '#!/bin/sh\n');
    chmodSync(binary, 0o600);
    const error = await errorOf(request({ binary }));
    expect(error).toMatchObject({ name: 'SpawnError', code: 'NOT_EXECUTABLE', path: binary });
    expect(error.message).toContain('chmod +x');
  });

  it('a binary that is a folder', async () => {
    expect(await errorOf(request({ binary: place.folder }))).toMatchObject({ code: 'NOT_EXECUTABLE' });
  });

  it('a script whose interpreter is missing', async () => {
    const binary = join(place.folder, 'codex');
    writeFileSync(binary, '#!/no/such/interpreter\n', { mode: 0o700 });
    const error = await errorOf(request({ binary }));
    expect(error).toMatchObject({ code: 'NOT_EXECUTABLE', path: binary });
    expect(error.message).toContain('interpreter');
  });

  it('a missing working directory', async () => {
    const workingDirectory = join(place.folder, 'nowhere');
    const error = await errorOf(request({ workingDirectory }));
    expect(error).toMatchObject({
      name: 'SpawnError',
      code: 'WORKING_DIRECTORY_NOT_FOUND',
      path: workingDirectory,
    });
    expect(error.message).toMatch(/does not exist.*Create it/);
  });

  it('a working directory that is a file', async () => {
    const workingDirectory = join(place.folder, 'file');
    writeFileSync(workingDirectory, '');
    const error = await errorOf(request({ workingDirectory }));
    expect(error).toMatchObject({ code: 'WORKING_DIRECTORY_NOT_FOUND' });
    expect(error.message).toContain('is not a folder');
  });

  it('a home that cannot be made', async () => {
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    const error = await errorOf(request({ codexHome: join(file, 'home') }));
    expect(error).toMatchObject({ name: 'HomeError', code: 'HOME_FAILED' });
    expect(error.message).toContain('Choose another codexHome');
  });

  it('a temporary folder that cannot be made', async () => {
    const { options } = fakeCodex([]);
    const tmpdir = jest.spyOn(os, 'tmpdir').mockReturnValue(join(place.folder, 'gone'));
    const homedir = jest.spyOn(os, 'homedir').mockReturnValue(join(place.folder, 'gone'));
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    process.env.XDG_CACHE_HOME = join(file, 'cache');
    const error = await errorOf({ prompt: 'hello', ...options });
    tmpdir.mockReturnValue(place.tmp);
    homedir.mockRestore();
    expect(error).toMatchObject({ name: 'SpawnError', code: 'TEMP_DIRECTORY_FAILED' });
    expect(error.message).toMatch(/Set workingDirectory, or point TMPDIR/);
  });
});

describe('a log that cannot be written', () => {
  it('is an OutputError before anything is started if it cannot be opened', async () => {
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    const error = await errorOf(request({ eventLog: join(file, 'run.jsonl') }));
    expect(error).toMatchObject({ name: 'OutputError', code: 'OUTPUT_FAILED', kind: 'event-log' });
    expect(error.message).toMatch(/cannot be opened.*choose another eventLog/);
    expect(spawns.pids).toEqual([]);
  });

  it('is an OutputError that ends the run if the disk is full', async () => {
    const fake = fakeCodex([{ line: started }, { hang: true }]);
    const { error } = await observe(exec$({ prompt: 'hello', ...fake.options, eventLog: '/dev/full' }));
    expect(error).toMatchObject({ code: 'OUTPUT_FAILED', kind: 'event-log', path: '/dev/full' });
    expect(String(error)).toMatch(/ENOSPC.*Make room there/);
  });
});

it('the folder of a last message that cannot be made is an OutputError', async () => {
  const file = join(place.folder, 'file');
  writeFileSync(file, '');
  const error = await errorOf(request({ outputLastMessage: join(file, 'last.txt') }));
  expect(error).toMatchObject({ code: 'OUTPUT_FAILED', kind: 'last-message' });
});

it('an error of paused$ ends the run with it', async () => {
  const reason = new Error('no pause');
  const fake = fakeCodex([{ line: started }, { hang: true }]);
  const paused$ = throwError(() => reason);
  expect((await observe(exec$({ prompt: 'hello', ...fake.options, paused$ }))).error).toBe(reason);
});
