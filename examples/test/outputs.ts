/** A characteristic part of the output of each example, with the real CLI and a scripted model. */
export const outputs: Readonly<Record<string, RegExp>> = {
  'runs/send-prompt': /^Hello!\n$/,
  'runs/timeout': /^RUN_TIMEOUT: The turn did not end within 500 ms.*\nDone in time\.\n$/,
  'runs/cancel': /^in_progress: sleep 300\nABORT_ERR\nNo process of the run remains\.\n$/,
  'runs/working-directory': /^\$ ls\nnotes\.txt\nexit code 0\n$/,
  'runs/model': /--model gpt-5\.5 -\nFour\.\n$/,
  'runs/image': /^I see an image\.\n$/,
  'runs/echo': /^quiet: Hello!\n\{"type":"thread\.started"(?:.*\n)+copied: Hello!\n$/,
  'runs/overrides':
    /model_verbosity="high" .*--disable memories --disable goals .*--sandbox workspace-write -\nDone\.\n$/,
  'runs/output': /^Paris has 2,100,000 inhabitants\.\n\{"city":"Paris","inhabitants":2100000\}\n$/,
  'events/stream-events': /completed add .*hello\.txt\nstarted \$ cat hello\.txt → …\n(?:.*\n)*120 tokens of output\n$/,
  'events/event-log': /^It is in the log\.\nThe log has a turn with 2 items: completed\.\n$/,
  'sessions/follow-up': /^One\.\nTwo\.\n30 of 60 tokens\none thread\n$/,
  'sessions/resume-apply': /"resumed":true(?:.*\n)+Log in with ChatGPT first/,
  'sessions/fork':
    /^Instead: blue\.\nAs I said: red\.\nAnother one instead\. \(a fork: true\)\nName a color\. \(the original\)\n$/,
  'sessions/review': /^The sign is wrong\.\n$/,
  'sessions/rollout': /^session_meta\n(?:.*\n)*event_msg task_complete\n\d+ records, 0 others\n$/,
  'sessions/rollout-filter': /assistant: Forty-two, as everyone knows\.\nuser_message: What is the answer\?\n/,
  'commands/help': /^root: Codex CLI\nexec: .*\n(?:.*\n)+mcp: /,
  'commands/debug': /gpt-5\.5: medium\n(?:.*\n)*The input of the model has \d+ parts/,
  'commands/auth': /^logged out\n(logged in: sk-examp\*+bcdef\n)\1loggedOut\n$/,
  'commands/features': /\d+ features\nmemories on: true\nmemories on: false\nHello!\n$/,
  'commands/exec-policy': /^git status: allow\ngit push: forbidden\. A person pushes\.\necho ok: no rule\n$/,
  'commands/sandbox': /^read-only: exit code \d+\n(?:.*\n)*workspace-write: exit code \d+\n/,
  'commands/bindings': /^\d{3} TypeScript files, such as .*\.ts\n\d+ JSON Schemas, such as .*\.json\n$/,
  'commands/mcp-servers': /^added docs\nadded web\n(?:.*\n)+removed docs: true\n$/,
  'commands/cloud': /^Log in with ChatGPT/,
  'commands/plugins':
    /^added examples\navailable: hello@examples\ninstalled hello 1\.0\.0\ninstalled: hello@examples\n$/,
  'commands/responses-api-proxy': /^the key arrived: true\n$/,
  'commands/stdio-to-uds': /^pong\n$/,
  'commands/other': /^codex \d+\.\d+\.\d+\n(?:.*\n)*Usage: codex update/,
  'homes/codex-home': /^Hello!\nhome: exists\nconfig\.toml: ok, \d+ settings\nlogin: none\nsessions: 1\n$/,
  'homes/project-home': /^login copied: true\nlogged in by apiKey\nsessions: 0\n$/,
  'app-server/turns': /^Hello! What shall I do\?\nI waited, .*\ninterrupted: .*sleep 300.*\n$/,
  'app-server/notifications':
    /^thread\/started\n(?:.*\n)*item\/completed reasoning\nitem\/completed agentMessage\nturn\/completed\n$/,
  'app-server/listen': /^observed: "item\.started"\nTurnFailedError: The turn was interrupted\.\n$/,
  'remote/two-machines':
    /^(?:No network namespaces .*\n1\n2|1\n(?:2\n)*The link is cut\.\n(?:\d\n)*The link is back\.)\n(?:\d\n)*6\nCounted\.\n$/,
  'approvals/approvals':
    /The agent wants to run:\n.*touch hello\.txt.*\n(?:.*\n)*.*declined: .*touch hello\.txt.*\nI tried to create two files\.\n$/,
  'approvals/approvals-http': /^declined: .*no\.txt.*\ncompleted: .*yes\.txt.*\nDone\.\n$/,
  'tools/program-state': /^\{"apples":3,"pears":5\}\nI ordered 5 pears\.\n$/,
  'tools/ask-person': /^Which color do you like\?\nYou like red\.\n$/,
  'tools/mcp-servers': /^greet: Greets\.\nHello, world!\n$/,
  'binaries/env-binary': /codex\nHello!\nCodex CLI not found/,
  'binaries/bundled-binary': /\/0\.171\.0\/codex\nHello from the bundle!\n$/,
  'binaries/preflight': /^codex \d+\.\d+\.\d+, loggedOut: ready\nWORKING_DIRECTORY_NOT_FOUND: .*\nPROFILE_NOT_FOUND: /,
};

/** The same with `--sample`, for examples that have a recording. */
export const samples: Readonly<Record<string, RegExp>> = {
  'runs/send-prompt': /^Hello! The workspace is ready\.\n$/,
  'runs/timeout': /^RUN_TIMEOUT: .*\nDone in time\.\n$/,
  'runs/cancel': /^in_progress: sleep 300\nABORT_ERR\nNo process of the run remains\.\n$/,
  'runs/working-directory': /^\$ echo two\ntwo\nexit code 0\n$/,
  'runs/echo': /^quiet: Hello! .*\n\{"type":"thread\.started"/,
  'events/stream-events': /updated ✓ Fix the operator, … Check it\n(?:.*\n)*360 tokens of output\n$/,
  'events/event-log': /^Fixed and checked\.\nThe log has a turn with 14 items: completed\.\n$/,
  'sessions/follow-up': /^One\.\nTwo\.\n60 of 90 tokens\none thread\n$/,
  'app-server/turns': /^Hello! What shall I do\?\nI waited, .*\ninterrupted: .*sleep 300.*\n$/,
  'app-server/notifications': /item\/completed reasoning\nitem\/completed agentMessage\nturn\/completed\n$/,
  'approvals/approvals':
    /The agent wants to run:\n(?:.*\n)*declined: .*touch hello\.txt.*\nI tried to create two files\.\n$/,
  'approvals/approvals-http': /^declined: .*no\.txt.*\ncompleted: .*yes\.txt.*\nDone\.\n$/,
  'sessions/resume-apply': /"text":"Two\."(?:.*\n)+Successfully applied diff\n$/,
};
