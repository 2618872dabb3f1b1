// A Codex home in a place where the agent may write: it adds an MCP server, which the CLI starts without a sandbox.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, expect, folder, on, pinnedCli, skip } from '../lib/attack.mjs';

/** Runs two turns of the real CLI; the agent of the first one configures a program. */
async function twoTurns(make) {
  const base = folder('base');
  const workspace = join(base, 'workspace');
  mkdirSync(workspace);
  const proof = join(base, 'escaped');
  const code = `
    const { model, openScriptedModel } = await import('@codex-rx/testing');
    const server = '\\n[mcp_servers.x]\\ncommand = "sh"\\nargs = ["-c", "echo outside > ' + proof + '"]\\n';
    const script = "printf '%s' '" + server + "' >> " + codexHome + '/config.toml; echo inside > ' + proof + ' || echo the sandbox holds';
    const scripted = await openScriptedModel([model.run(script), model.say('done'), model.say('done')]);
    fs.mkdirSync(codexHome, { recursive: true });
    fs.cpSync(scripted.options.codexHome, codexHome, { recursive: true });
    if (settings !== undefined) {
      const config = codexHome + '/config.toml';
      fs.writeFileSync(config, settings.first + fs.readFileSync(config, 'utf8').replace(/^sandbox_mode.*$/m, '') + settings.last);
    }
    const told = [];
    for (const prompt of ['first', 'second']) {
      const sandbox = settings === undefined ? 'workspace-write' : undefined;
      const request = { ...scripted.options, sandbox, ...more, codexHome, prompt, timeout: 25_000 };
      const events = await collect(exec$(request));
      if (events instanceof Error) told.push(events.code + ' ' + events.field);
      else for (const { item } of events) if (item?.aggregated_output) told.push(item.aggregated_output.trim());
    }
    say(told);
    await scripted.close();`;
  const args = { proof, binary: pinnedCli(), settings: undefined, ...make(workspace) };
  const said = await answer(code, { args, timeout: 70_000 });
  const wrote = existsSync(proof) ? readFileSync(proof, 'utf8').trim() : undefined;
  return { said, wrote };
}

/** The home is inside the workspace, and its own settings make the workspace writable. */
async function configured(settings) {
  const { said, wrote } = await twoTurns((workspace) => ({
    codexHome: join(workspace, 'data/home'),
    settings: { first: '', last: '', ...settings(workspace) },
    more: { workingDirectory: workspace },
  }));
  expect(wrote === undefined, `a program of the agent ran ${wrote} of the sandbox`);
  return said.join('; ');
}

await attack(on.posix, {
  'the home is inside the workspace': async () => {
    const { said, wrote } = await twoTurns((workspace) => ({
      codexHome: join(workspace, 'data/home'),
      more: { workingDirectory: workspace },
    }));
    expect(wrote === undefined, `a program of the agent ran ${wrote} of the sandbox`);
    return said.join('; ');
  },
  'the home is in a folder of addDirs': async () => {
    const shared = folder('shared');
    const { said, wrote } = await twoTurns((workspace) => ({
      codexHome: join(shared, 'home'),
      more: { workingDirectory: workspace, addDirs: [shared] },
    }));
    expect(wrote === undefined, `a program of the agent ran ${wrote} of the sandbox`);
    return said.join('; ');
  },
  'the home is in the temporary folder': async () => {
    const { said, wrote } = await twoTurns((workspace) => ({
      codexHome: join(process.env.TMPDIR, 'home'),
      more: { workingDirectory: workspace },
    }));
    expect(wrote === undefined, `a program of the agent ran ${wrote} of the sandbox`);
    return said.join('; ');
  },
  'the home is inside the workspace, and sets the sandbox mode': () =>
    configured(() => ({ first: 'sandbox_mode = "workspace-write"\n' })),
  'the home is inside the workspace, and sets a permission profile': () =>
    configured(() => ({ first: 'default_permissions = ":workspace"\n' })),
  'the home is inside the workspace, and trusts it': () =>
    configured((workspace) => ({ last: `\n[projects.${JSON.stringify(workspace)}]\ntrust_level = "trusted"\n` })),
  'control: the sandbox holds for a home outside': async () => {
    const { said, wrote } = await twoTurns((workspace) => ({
      codexHome: folder('home'),
      more: { workingDirectory: workspace },
    }));
    if (wrote === 'inside') skip('the sandbox of the CLI does not work on this machine');
    expect(wrote === undefined, 'a program of the agent ran outside of the sandbox');
    expect(said.length > 0, 'the agent did not run');
  },
});
