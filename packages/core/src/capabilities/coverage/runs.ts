import { explicit } from './build.js';
import type { CommandCoverage } from './types.js';

/** Options of `exec` that its subcommands accept, too. */
const SHARED =
  '--remote=remote --remote-auth-token-env=remoteAuthTokenEnv --strict-config=strictConfig --model=model ' +
  '--dangerously-bypass-approvals-and-sandbox=safety --worktree=worktree --thread-source=threadSource ' +
  '--cyber-access-program=cyberAccessProgram --skip-git-repo-check=skipGitRepoCheck --trust=trust ' +
  '--ephemeral=ephemeral --ignore-user-config=ignoreUserConfig --ignore-rules=ignoreRules ' +
  '--output-schema=outputSchema --json=exec$ --output-last-message=outputLastMessage';
const PASSED = '--dangerously-bypass-hook-trust';

/** `codex exec` and its subcommands. Flags without an option go through `extraArgs`. */
export const runCommands: readonly CommandCoverage[] = [
  explicit(
    'exec',
    'exec$',
    {
      explicit: `${SHARED} --image=images --oss=oss --local-provider=localProvider --profile=profile --sandbox=sandbox --approve-for-me=approveForMe --cd=workingDirectory --add-dir=addDirs --color=color --version=version$ PROMPT=prompt`,
      passThrough: PASSED,
    },
    'extraArgs',
  ),
  explicit(
    'exec resume',
    'resume$',
    {
      explicit: `${SHARED} --image=images --last=session --all=session SESSION_ID=session PROMPT=prompt`,
      passThrough: PASSED,
    },
    'extraArgs',
  ),
  explicit(
    'exec fork',
    'fork$',
    { explicit: `${SHARED} --image=images SESSION_ID=session PROMPT=prompt`, passThrough: PASSED },
    'extraArgs',
  ),
  explicit(
    'exec review',
    'review$',
    {
      explicit: `${SHARED} --uncommitted=target --base=target --commit=target --title=target PROMPT=target`,
      passThrough: PASSED,
    },
    'extraArgs',
  ),
];
