import { describeItem } from './describe-item.js';
import type { ReportItem, RunReport } from './run-report.js';

/** The numbers of a run. */
export interface Summary {
  readonly turns: number;
  readonly commands: number;
  readonly failedCommands: number;
  readonly toolCalls: number;
  readonly agents: readonly Agent[];
  /** Items that failed, were declined or never ended. */
  readonly troubled: readonly ReportItem[];
}

/** A sub-agent, as far as the calls of its tools show it. */
interface Agent {
  readonly threadId: string;
  readonly status: string;
  readonly prompt?: string | undefined;
  readonly message?: string | undefined;
}

/** Counts what a run did. */
export function summarize({ turns }: RunReport): Summary {
  const items = turns.flatMap((turn) => turn.items);
  const described = items.map((item) => ({ item, ...describeItem(item) }));
  const commands = described.filter(({ kind }) => kind === 'command');
  return {
    turns: turns.filter(({ status }) => status !== 'outside').length,
    commands: commands.length,
    failedCommands: commands.filter(({ outcome }) => outcome === 'failed').length,
    toolCalls: described.filter(({ kind }) => kind === 'tool').length,
    agents: agentsOf(items),
    troubled: described.filter(({ outcome }) => outcome !== 'ok').map(({ item }) => item),
  };
}

function agentsOf(items: readonly ReportItem[]): readonly Agent[] {
  const agents = new Map<string, Agent>();
  for (const { item } of items) {
    if (item.type !== 'collab_tool_call') continue;
    for (const threadId of item.receiver_thread_ids) {
      const known = agents.get(threadId);
      const { status = known?.status ?? 'unknown', message } = item.agents_states[threadId] ?? {};
      const prompt = known?.prompt ?? item.prompt ?? undefined;
      agents.set(threadId, { threadId, status, prompt, message: message ?? known?.message });
    }
  }
  return [...agents.values()];
}
