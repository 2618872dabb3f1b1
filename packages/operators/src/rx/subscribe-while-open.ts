import { finalize, type Observable, type Observer, Subject, type Subscriber, Subscription, takeUntil } from 'rxjs';

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
  const link = new Subscription(() => {
    left$.next();
  });
  consumer.add(link);
  source$
    .pipe(
      takeUntil(left$),
      finalize(() => {
        link.unsubscribe();
      }),
    )
    .subscribe({
      next: observer.next,
      error: observer.error,
      complete: () => {
        if (!consumer.closed) observer.complete();
      },
    });
}
