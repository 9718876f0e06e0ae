/**
 * Listening, for all that stands in a page. A page can make every event there is and send it to whatever it gets hold of;
 * those have `isTrusted` false, which no script can change (https://dom.spec.whatwg.org/#dom-event-istrusted). Only what
 * the browser says counts: nothing else in this folder may listen, and a test reads its source for that.
 */
import { nativeCall } from './native.ts';

/** @param act is told of events that the browser itself has made, those of the user among them */
export function hear<E extends Event>(
  target: EventTarget,
  type: string,
  act: (event: E) => void,
  options: { capture?: boolean; signal?: AbortSignal } = {},
): void {
  const heard = (event: Event) => {
    if (event.isTrusted) act(event as E);
  };
  nativeCall(target, 'addEventListener', type, heard, options);
}
