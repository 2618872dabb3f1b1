import { Observable, type Observer, type Subscriber, type Subscription } from 'rxjs';

/**
 * Subscribes an observer to a source for as long as the consumer stays. A source that emits synchronously has not handed out its
 * subscription when the consumer leaves in the middle of it, and would go on to its end; the subscriber is there before.
 *
 * @param onSubscribe Gets the subscription before the source is subscribed to, to end it from within.
 */
export function subscribeWhileOpen<T>(
  source$: Observable<T>,
  consumer: Subscriber<unknown>,
  observer: Observer<T>,
  onSubscribe?: (subscription: Subscription) => void,
): void {
  new Observable<T>((subscriber) => {
    consumer.add(subscriber);
    onSubscribe?.(subscriber);
    source$.subscribe(subscriber);
  }).subscribe(observer);
}
