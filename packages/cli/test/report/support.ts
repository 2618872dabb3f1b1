import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';
import { from } from 'rxjs';
import { type ReportOptions, renderReport } from '../../src/report/render-report.js';

const THREAD = '01a22f72-d6f3-7d22-b54b-925cd3b803b8';
export const START = Date.UTC(2026, 10, 30, 10);

/** The events of a run with one turn and these items, a second apart. */
export function runOf(...items: readonly ThreadItem[]): readonly ThreadEvent[] {
  const events: readonly ThreadEvent[] = [
    { type: 'thread.started', thread_id: THREAD },
    { type: 'turn.started' },
    ...items.map((item): ThreadEvent => ({ type: 'item.completed', item })),
    { type: 'turn.completed', usage: { input_tokens: 1200, cached_input_tokens: 200, output_tokens: 300 } },
  ];
  return events.map((event, index) => ({
    ...event,
    thread_id: THREAD,
    turn_id: 'turn-1',
    receivedAt: START + index * 1000,
  }));
}

export function pageOf(events: readonly ThreadEvent[], options: ReportOptions = {}): Promise<string> {
  return renderReport(from(events), options);
}

export const message = (text: string, id = 'item_0'): ThreadItem => ({ type: 'agent_message', id, text });
export const command = (aggregated_output: string, exit_code = 0): ThreadItem => ({
  type: 'command_execution',
  id: 'item_1',
  command: "/bin/bash -lc 'npm test'",
  aggregated_output,
  exit_code,
  status: exit_code === 0 ? 'completed' : 'failed',
});

/** Texts that would run, request or pretend something if they were not escaped. */
export const ATTACKS: readonly string[] = [
  '<script>globalThis.hacked = true</script>',
  '</script><script>globalThis.hacked = true</script>',
  '</style><script>globalThis.hacked = true</script>',
  '<img src="https://attacker.invalid/a.png" onerror="globalThis.hacked = true">',
  '"><svg onload="globalThis.hacked = true">',
  "' onmouseover='globalThis.hacked = true",
  '"autofocus onfocus="globalThis.hacked=true',
  '<iframe srcdoc="<script>parent.hacked = true</script>"></iframe>',
  '<meta http-equiv="refresh" content="0;url=https://attacker.invalid/">',
  '<link rel="stylesheet" href="https://attacker.invalid/a.css"><base href="https://attacker.invalid/">',
  '<style>@import url(https://attacker.invalid/b.css); *{background:url(https://attacker.invalid/c.png)}</style>',
  '<form action="https://attacker.invalid/"><button autofocus>OK</button></form>',
  '<object data="https://attacker.invalid/d.swf"></object><video src="https://attacker.invalid/e.mp4" autoplay></video>',
  '![image](https://attacker.invalid/f.png) ![ref][1]\n\n[1]: https://attacker.invalid/g.png',
  '[click](javascript:globalThis.hacked=true) [data](data:text/html,<script>hacked=true</script>) <javascript:hacked=true>',
  '[a](vbscript:x) [b](file:///etc/passwd) [c](JaVaScRiPt:hacked=true) [d](&#106;avascript:hacked=true)',
  '[x](https://ok.invalid/" onclick="globalThis.hacked=true) [y](https://ok.invalid "t\\" onclick=\\"hacked=true")',
  '```html" onload="globalThis.hacked=true\n<script>globalThis.hacked = true</script>\n```',
  '````<script>\n```\n</code></pre><script>globalThis.hacked=true</script>',
  '<!-- --><script>globalThis.hacked=true</script><![CDATA[<script>globalThis.hacked=true</script>]]>',
  '\u001b]8;;javascript:globalThis.hacked=true\u001b\\click\u001b]8;;\u001b\\ \u001b]0;title\u0007',
  '\u001b[31m<script>globalThis.hacked = true</script>\u001b[38;2;1;2;3m"><img src=x onerror=hacked=true>\u001b[0m',
  '\u001b[38;5;999;"onclick="hacked=true"m \u001b[38;2;999;999;999mx',
  'safe\u202e>tpircs/<eurt=dekcah>tpircs<\u202c \u2066hidden\u2069 \u200b\ufeff \u0000 \u0085',
  '\ud800 lone surrogate \udfff',
  '{{constructor.constructor("globalThis.hacked=true")()}} ${globalThis.hacked=true} <%= hacked=true %>',
  '__proto__',
];

/** A run in which every text is an attack. */
export function attackRun(text: string): readonly ThreadEvent[] {
  const agents_states = JSON.parse(JSON.stringify({ [text]: { status: text, message: text } })) as Record<
    string,
    { status: string; message: string }
  >;
  const items: readonly ThreadItem[] = [
    { type: 'agent_message', id: text, text },
    { type: 'user_message', id: 'u', text },
    { type: 'reasoning', id: 'r', text },
    {
      type: 'command_execution',
      id: 'c',
      command: text,
      aggregated_output: text,
      exit_code: 1,
      status: text,
      cwd: text,
    },
    {
      type: 'file_change',
      id: 'f',
      status: text,
      changes: [{ path: text, kind: text, diff: `@@ -1 +1 @@\n+${text}`, move_path: text }],
    },
    {
      type: 'mcp_tool_call',
      id: 'm',
      server: text,
      tool: text,
      arguments: { [text]: text },
      status: 'failed',
      error: { message: text },
      result: { content: [{ type: 'text', text }] },
    },
    {
      type: 'collab_tool_call',
      id: 'a',
      tool: text,
      sender_thread_id: text,
      receiver_thread_ids: [text],
      prompt: text,
      agents_states,
      status: 'completed',
    },
    { type: 'web_search', id: 'w', query: text, action: { type: 'search', queries: [text], url: text } },
    { type: 'todo_list', id: 't', items: [{ text, completed: false }] },
    { type: 'error', id: 'e', message: text },
    { type: 'image_view', id: 'i', path: text },
    { type: 'unknown', item_type: text, id: 'x', raw: { [text]: text } },
  ];
  return [
    { type: 'thread.started', thread_id: text },
    { type: 'turn.started' },
    ...items.map((item): ThreadEvent => ({ type: 'item.completed', item })),
    { type: 'error', message: text, code: text },
    { type: 'malformed', line: text, line_number: 1, error: text },
    { type: 'turn.failed', error: { message: text, code: text } },
  ];
}
