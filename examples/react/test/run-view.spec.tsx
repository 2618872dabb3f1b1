import type { ThreadEvent } from '@codex-rx/core/events';
import { loadFixture, replay$ } from '@codex-rx/testing';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { concat, type Observable, Subject, throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunView } from '../src/run-view.js';

let root: Root;
let page: HTMLElement;

beforeEach(() => {
  page = document.body.appendChild(document.createElement('main'));
  root = createRoot(page);
});
afterEach(() => {
  root.unmount();
  page.remove();
});

const show = (run$: Observable<ThreadEvent>): void => root.render(<RunView run$={run$} />);
const textsOf = (selector: string): (string | null)[] =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent);
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000 });

describe('RunView', () => {
  it('shows status, plan, messages and usage of a recorded run', async () => {
    show(replay$('0.169.0/everything', { pace: 'sync' }));
    await eventually(() => expect(textsOf('[role=status]')).toEqual(['completed']));
    const { events } = loadFixture('0.169.0/everything');
    const messages = events.flatMap((event) =>
      event.type === 'item.completed' && event.item.type === 'agent_message' ? [event.item.text] : [],
    );
    const usage = events.flatMap((event) => (event.type === 'turn.completed' ? [event.usage] : [])).at(-1);
    expect(messages).not.toEqual([]);
    expect(textsOf('blockquote')).toEqual(messages);
    expect(textsOf('li')).toEqual(['✓ Fix the operator', '✓ Check it']);
    expect(textsOf('footer')).toEqual([`${(usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0)} tokens`]);
    expect(textsOf('[role=alert]')).toEqual([]);
  });

  it('shows a run as it goes', async () => {
    const run$ = new Subject<ThreadEvent>();
    show(run$);
    await eventually(() => expect(run$.observed).toBe(true));
    expect(textsOf('[role=status]')).toEqual(['pending']);
    run$.next({ type: 'thread.started', thread_id: 't1' });
    run$.next({ type: 'turn.started' });
    await eventually(() => expect(textsOf('[role=status]')).toEqual(['in_progress']));
    run$.next({ type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: 'Hello' } });
    await eventually(() => expect(textsOf('blockquote')).toEqual(['Hello']));
  });

  it('shows why a recorded turn failed', async () => {
    show(replay$('0.169.0/usage-limit', { pace: 'sync' }));
    await eventually(() => expect(textsOf('[role=status]')).toEqual(['failed']));
    expect(textsOf('[role=alert]')).toEqual([expect.stringContaining('usage limit')]);
  });

  it('keeps what it has shown when a run breaks off', async () => {
    const events: ThreadEvent[] = [
      { type: 'thread.started', thread_id: 't1' },
      { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: 'Hello' } },
    ];
    const broken$ = throwError(() => new Error('out of luck'));
    show(concat(events, broken$));
    await eventually(() => expect(textsOf('[role=alert]')).toEqual(['out of luck']));
    expect(textsOf('[role=status]')).toEqual(['failed']);
    expect(textsOf('blockquote')).toEqual(['Hello']);
  });

  it('unsubscribes when it is unmounted', async () => {
    const run$ = new Subject<ThreadEvent>();
    show(run$);
    await eventually(() => expect(run$.observed).toBe(true));
    root.render(null);
    await eventually(() => expect(run$.observed).toBe(false));
  });

  it('leaves a run for another one', async () => {
    const [first$, second$] = [new Subject<ThreadEvent>(), new Subject<ThreadEvent>()];
    show(first$);
    await eventually(() => expect(first$.observed).toBe(true));
    show(second$);
    await eventually(() => expect([first$.observed, second$.observed]).toEqual([false, true]));
  });

  it('has one subscription in strict mode, too, and none in the end', async () => {
    const run$ = new Subject<ThreadEvent>();
    root.render(
      <StrictMode>
        <RunView run$={run$} />
      </StrictMode>,
    );
    await eventually(() => expect(run$.observers).toHaveLength(1));
    root.render(null);
    await eventually(() => expect(run$.observed).toBe(false));
  });
});
