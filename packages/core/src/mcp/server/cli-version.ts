import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { versionOf } from '../../binary/probe-version.js';
import { probedSurface } from '../../binary/probed-surfaces.js';
import { resolveBinary } from '../../binary/resolve.js';
import { CapabilityError } from '../../errors/index.js';
import { buildEnvironment } from '../../process/environment.js';
import { createRunId } from '../../process/run-id.js';
import { commandCapabilities } from '../../request/command-capabilities.js';
import { isBefore, parseVersion } from '../../request/version-number.js';
import { readRegularFile } from '../../util/read-regular-file.js';
import type { CodexMcpServerOptions } from './options.js';

/** The versions from this one on take the command for a prompt. */
const REMOVED_IN = '0.154.0';
const MAX_MANIFEST_BYTES = 64 * 1024;
/** From the binary of a package to its manifest: `vendor/<platform>/bin/codex`. */
const MAX_LEVELS = 5;

/**
 * Checks that the CLI still has `codex mcp-server`. Reads the version from the npm package of the CLI; only a binary
 * without one is executed, with `--version`.
 *
 * @throws CapabilityError
 */
export async function assertHasMcpServer(options: CodexMcpServerOptions): Promise<void> {
  const binary = resolveBinary(options);
  const known = probedSurface(binary)?.version?.version ?? packageVersion(binary);
  const text = known ?? (await versionOf(binary, buildEnvironment(options, process.env, createRunId())));
  const { version } = commandCapabilities(text);
  if (!isBefore(parseVersion(version) ?? [0, 0, 0], REMOVED_IN))
    throw new CapabilityError('mcpServer$', version, { until: '0.153', canOmit: false });
}

function packageVersion(binary: string): string | undefined {
  try {
    let folder = dirname(realpathSync(binary));
    for (let level = 0; level < MAX_LEVELS; level += 1, folder = dirname(folder)) {
      const manifest = readManifest(join(folder, 'package.json'));
      if (manifest !== undefined) return manifest.name.startsWith('@openai/codex') ? manifest.version : undefined;
    }
  } catch {
    // The binary is executed instead.
  }
  return undefined;
}

function readManifest(path: string): { readonly name: string; readonly version: string } | undefined {
  try {
    const { name, version } = JSON.parse(readRegularFile(path, MAX_MANIFEST_BYTES)) as Record<string, unknown>;
    return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
