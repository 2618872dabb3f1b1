import type { ThreadEvent } from '@codex-rx/core/events';
import { useObservable, useObservableState } from 'observable-hooks';
import { type Observable, switchMap } from 'rxjs';
import { initialState, runStates$ } from './run-states.js';

/** Shows a run as it goes. Given another one, it leaves the first; unmounting unsubscribes. */
export function RunView({ run$ }: { readonly run$: Observable<ThreadEvent> }) {
  const state$ = useObservable((inputs$) => inputs$.pipe(switchMap(([latest$]) => runStates$(latest$))), [run$]);
  const { status, snapshot, failure } = useObservableState(state$, initialState);
  const { todos, messages, usage } = snapshot;
  return (
    <article>
      <p role="status">{status}</p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <ol>
        {/* The positions of steps and messages do not change; the ids of items repeat. */}
        {todos?.items.map(({ text, completed }, index) => (
          <li key={index}>
            {completed ? '✓' : '…'} {text}
          </li>
        ))}
      </ol>
      {messages.toArray().map(({ text }, index) => (
        <blockquote key={index}>{text}</blockquote>
      ))}
      {usage.total !== undefined && <footer>{usage.total.input_tokens + usage.total.output_tokens} tokens</footer>}
    </article>
  );
}
