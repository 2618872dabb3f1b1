import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRunId } from '../../src/process/run-id.js';
import { validateRequest } from '../../src/request/validate.js';
import { createWorkspace, planWorkspace, removeWorkspace } from '../../src/run/workspace.js';

const data = new Uint8Array([137, 80, 78, 71]);

describe('images in memory', () => {
  it('are private files that are removed with the run', async () => {
    const request = { prompt: 'p', workingDirectory: '/', images: [{ data, mediaType: 'image/png' }, '/b.png'] };
    const workspace = planWorkspace(request, createRunId());
    const [first = '', second] = workspace.imagePaths;
    expect(first).toMatch(/image-0\.png$/);
    expect(second).toBe('/b.png');
    createWorkspace(request, workspace);
    expect(readFileSync(first)).toEqual(Buffer.from(data));
    expect(statSync(first).mode & 0o777).toBe(0o600);
    await removeWorkspace(workspace);
    expect(existsSync(first)).toBe(false);
  });

  it.each([
    ['image/jpeg', '.jpeg'],
    ['image/svg+xml', '.svg'],
  ])('get an extension for %s', (mediaType, extension) => {
    const [path] = planWorkspace({ prompt: 'p', images: [{ data, mediaType }] }, createRunId()).imagePaths;
    expect(path?.endsWith(extension)).toBe(true);
  });

  it.each<[unknown, string]>([
    [{ data: [1], mediaType: 'image/png' }, '"images[0].data" must be a Uint8Array with bytes, got an array.'],
    [{ data: new Uint8Array(), mediaType: 'image/png' }, '"images[0].data" must be a Uint8Array with bytes'],
    [{ data }, '"images[0].mediaType" must be a string, got undefined.'],
    [{ data, mediaType: 'image/../x' }, '"images[0].mediaType" must be the type of an image, got "image/../x".'],
    [{ data, mediaType: 'image/png', path: '/a' }, 'Unknown option "path".'],
    [1, '"images[0]" must be a string, got 1.'],
  ])('are rejected if they are invalid: %j', (image, message) => {
    expect(() => {
      validateRequest({ prompt: 'p', images: [image as string] });
    }).toThrow(message);
  });
});
