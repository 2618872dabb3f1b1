// Writes the types of the app-server protocol of this CLI, as TypeScript and as JSON Schema.
//   npm run example -- bindings [--live] [FOLDER]
import { join, resolve } from 'node:path';
import { generateAppServerBindings$ } from '@codex-rx/core/commands';
import { forkJoin, lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const folder = resolve(source.userFolder, source.args[0] ?? join(source.scratch, 'protocol'));

const [typescript, schema] = await lastValueFrom(
  forkJoin([
    generateAppServerBindings$({ ...source.options, target: 'typescript', outDir: join(folder, 'types') }),
    generateAppServerBindings$({ ...source.options, target: 'json-schema', outDir: join(folder, 'schema') }),
  ]),
);
console.log(`${typescript.files.length} TypeScript files, such as ${typescript.files[0] ?? ''}`);
console.log(`${schema.files.length} JSON Schemas, such as ${schema.files[0] ?? ''}`);
