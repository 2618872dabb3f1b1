import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { ThreadEvent } from '@codex-rx/core/events';
import { type Observable, switchMap } from 'rxjs';
import { initialState, runStates$ } from './run-states.js';

/** Shows a run as it goes. Given another one, it leaves the first; destroying it unsubscribes. */
@Component({
  selector: 'run-view',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @let snapshot = state().snapshot;
    <article>
      <p role="status">{{ state().status }}</p>
      @if (state().failure; as failure) {
        <p role="alert">{{ failure }}</p>
      }
      <ol>
        @for (step of snapshot.todos?.items; track $index) {
          <li>{{ step.completed ? '✓' : '…' }} {{ step.text }}</li>
        }
      </ol>
      @for (message of snapshot.messages; track $index) {
        <blockquote>{{ message.text }}</blockquote>
      }
      @if (snapshot.usage.total; as total) {
        <footer>{{ total.input_tokens + total.output_tokens }} tokens</footer>
      }
    </article>
  `,
})
export class RunView {
  readonly run$ = input.required<Observable<ThreadEvent>>();

  protected readonly state = toSignal(toObservable(this.run$).pipe(switchMap((run$) => runStates$(run$))), {
    initialValue: initialState,
  });
}
