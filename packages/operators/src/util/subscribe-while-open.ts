import { Observable, type Observer, type Subscriber, type Subscription } from 'rxjs';

/**
 * Subscribes an observer to a source until the destination is closed. A source that emits synchronously has not
 * returned its subscription when the destination closes within the emission: here the subscription exists before.
 *
 * @param onSubscribe Called with the subscription before the source is subscribed to, to unsubscribe from within.
 */
export function subscribeWhileOpen<T>(
  source$: Observable<T>,
  destination: Subscriber<unknown>,
  observer: Observer<T>,
  onSubscribe?: (subscription: Subscription) => void,
): void {
  new Observable<T>((subscriber) => {
    destination.add(subscriber);
    onSubscribe?.(subscriber);
    // A source of another copy of RxJS does not take the subscriber for its own: keep the returned subscription.
    return source$.subscribe(subscriber);
  }).subscribe(observer);
}
