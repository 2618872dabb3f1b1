import type { OpenString } from '../events/items.js';

/** The command or flag of each capability that has a name of its own. */
export const FEATURE_WORDS = {
  'output-schema': 'exec --output-schema',
  'output-last-message': 'exec --output-last-message',
  json: 'exec --json',
  'add-dir': 'exec --add-dir',
  'local-provider': 'exec --local-provider',
  'enable-feature': 'exec --enable',
  ephemeral: 'exec --ephemeral',
  'ignore-user-config': 'exec --ignore-user-config',
  'ignore-rules': 'exec --ignore-rules',
  'strict-config': 'exec --strict-config',
  'approve-for-me': 'exec --approve-for-me',
  'thread-source': 'exec --thread-source',
  worktree: 'exec --worktree',
  'cyber-access-program': 'exec --cyber-access-program',
  trust: 'exec --trust',
  'exec-remote': 'exec --remote',
  'exec-resume': 'exec resume',
  'exec-resume-all': 'exec resume --all',
  'exec-fork': 'exec fork',
  'exec-review': 'exec review',
  'features-list': 'features list',
  'features-enable': 'features enable',
  'mcp-login': 'mcp login',
  'mcp-server': 'mcp-server',
  'app-server': 'app-server',
  'app-server-proxy': 'app-server proxy',
  'app-server-listen': 'app-server --listen',
  'generate-bindings': 'app-server generate-ts',
  'exec-server': 'exec-server',
  'remote-control': 'remote-control',
  doctor: 'doctor',
  'plugin-list': 'plugin list',
  'plugin-marketplace': 'plugin marketplace add',
  sandbox: 'sandbox',
  'exec-policy-check': 'execpolicy check',
  'responses-api-proxy': 'responses-api-proxy',
  'stdio-to-uds': 'stdio-to-uds',
  'cloud-exec': 'cloud exec',
  'cloud-list': 'cloud list',
  'cloud-status': 'cloud status',
  'debug-models': 'debug models',
  'device-login': 'login --device-auth',
  'access-token-login': 'login --with-access-token',
  queue: 'queue',
  archive: 'archive',
  update: 'update',
} as const;

/**
 * A capability by its name, or a command with or without a flag: `exec fork`, `exec --add-dir`. A flag alone, such as
 * `--search`, is one of the interactive CLI.
 */
export type CapabilityFeature = OpenString<keyof typeof FEATURE_WORDS>;

/** Returns the command or flag that shows whether a CLI has a feature. */
export function featureWords(feature: CapabilityFeature): string {
  const known: Readonly<Record<string, string>> = FEATURE_WORDS;
  const words = feature
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^codex /, '');
  return (Object.hasOwn(known, words) ? known[words] : undefined) ?? words;
}
