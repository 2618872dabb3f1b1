import { type Observable, type Observer, Subject, type Subscriber, takeUntil } from 'rxjs';

/**
 * Subscribes an observer to a source for as long as the consumer stays. A source that emits synchronously has not handed out its
 * subscription when the consumer leaves in the middle of it, and would go on to its end.
 */
export function subscribeWhileOpen<T>(
  source$: Observable<T>,
  consumer: Subscriber<unknown>,
  observer: Observer<T>,
): void {
  const left$ = new Subject<void>();
  consumer.add(() => {
    left$.next();
  });
  source$.pipe(takeUntil(left$)).subscribe({
    next: observer.next,
    error: observer.error,
    complete: () => {
      if (!consumer.closed) observer.complete();
    },
  });
}
