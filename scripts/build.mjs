// Builds dist/ of all packages.
//   npm run build
import process from 'node:process';
import { bundlePackages, compile } from './lib/build-packages.mjs';

const problems = compile(['tsconfig.build.json']);
if (problems !== '') {
  process.stderr.write(problems);
  process.exit(1);
}
await bundlePackages();
