import { RequestError } from '../errors/index.js';
import { closestMatch } from '../util/closest-match.js';

/** Replacements for option names of other APIs: Node.js, the CLI and the official SDK. */
const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['cwd', '"workingDirectory"'],
  ['cd', '"workingDirectory"'],
  ['sandboxMode', '"sandbox"'],
  ['additionalDirectories', '"addDirs"'],
  ['addDir', '"addDirs"'],
  ['modelReasoningEffort', '"reasoning.effort"'],
  ['codexPathOverride', '"binary"'],
  ['codexPath', '"binary"'],
  ['apiKey', '"env": { CODEX_API_KEY: … }'],
  ['baseUrl', '"config": { openai_base_url: … }'],
  ['threadId', '"session"'],
  ['thread_id', '"session"'],
  ['sessionId', '"session"'],
  ['networkAccessEnabled', '"config": { sandbox_workspace_write: { network_access: … } }'],
  ['webSearchEnabled', '"search"'],
  ['webSearchMode', '"config": { web_search: … }'],
  ['input', '"prompt"'],
  ['image', '"images"'],
  ['fullAuto', '"safety": "full-auto"'],
  ['yolo', '"safety": "bypass"'],
  ['abortSignal', '"signal"'],
]);

/** Rejects unknown options, which are most often misspelt and would have no effect. @throws RequestError */
export function assertKnownOptions(values: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || known.includes(name)) continue;
    throw new RequestError(name, 'is not an option.', `Unknown option "${name}". ${advice(name, known)}`);
  }
}

function advice(name: string, known: readonly string[]): string {
  const replacement = REPLACEMENTS.get(name);
  if (replacement !== undefined) return `Use ${replacement}.`;
  const match = closestMatch(name, known);
  return match === undefined ? 'Remove it.' : `Did you mean "${match}"?`;
}
