import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '../../../../docs/recipes.md'), 'utf8');
const programs = readdirSync(__dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

describe('docs/recipes.md', () => {
  it.each(programs)('shows %s as it is tested', (name) => {
    expect(page).toContain(readFileSync(join(__dirname, name), 'utf8'));
  });
});
