/** The repository of the task: a cart, and a check that fails. */
export const files: Readonly<Record<string, string>> = {
  'cart.mjs': `/** The total of a cart in cents, with so many per cent off. */
export function total(items, discount = 0) {
  const sum = items.reduce((sum, { price, amount }) => sum + price * amount, 0);
  return sum - sum * discount;
}
`,
  'check.mjs': `import { setTimeout } from 'node:timers/promises';
import { total } from './cart.mjs';

const cart = [
  { price: 1_250, amount: 2 },
  { price: 399, amount: 1 },
];
const checks = [
  ['an empty cart', total([]), 0],
  ['a cart', total(cart), 2_899],
  ['a cart with 10 % off', total(cart, 10), 2_609],
];

let failed = 0;
for (const [name, actual, expected] of checks) {
  await setTimeout(200);
  const isRight = actual === expected;
  if (!isRight) failed += 1;
  console.log(isRight ? \`ok      \${name}\` : \`WRONG   \${name}: expected \${expected}, got \${actual}\`);
}
console.log(failed === 0 ? 'all checks passed' : \`\${failed} of \${checks.length} checks failed\`);
process.exitCode = failed === 0 ? 0 : 1;
`,
};

/** The fix, in the patch format of the CLI. */
export const changes = `*** Update File: cart.mjs
@@
   const sum = items.reduce((sum, { price, amount }) => sum + price * amount, 0);
-  return sum - sum * discount;
+  return Math.round(sum * (1 - discount / 100));
 }
*** Add File: CHANGES.md
+- A discount is a percentage: \`total(items, 10)\` takes 10 % off.`;
