import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/recipes.md');

describe('docs/recipes.md', () => {
  it.each([
    'examples/react/src/run-states.ts',
    'examples/react/src/run-view.tsx',
    'examples/react/src/events-over-sse.ts',
    'examples/react/server/send-events.ts',
    'examples/angular/src/run-view.ts',
  ])('shows %s as it is tested', (path) => {
    expect(page).toContain(`\`\`\`tsx\n${read(path)}\`\`\`\n`);
  });
});

describe('the examples', () => {
  it.each(['run-states.ts', 'events-over-sse.ts'])('have the same %s', (name) => {
    expect(read(`examples/angular/src/${name}`)).toBe(read(`examples/react/src/${name}`));
  });
});
