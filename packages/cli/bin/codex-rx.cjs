#!/usr/bin/env node
// Prints the version before anything else is loaded. All other work is in dist/.
'use strict';
const { version } = require('../package.json');
const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) console.log(version);
else import('../dist/esm/main.js').then(({ main }) => main(args, version));
