/** The times that the browser notes of one request. */
import type { RequestTiming } from './repeat.ts';

/**
 * Milliseconds to wait for them once the body has been read. They come by then or a millisecond later; whether they come at
 * all is up to the browser.
 */
const LONGEST_WAIT = 250;

const awaited = new Map<string, (timing: RequestTiming) => void>();
let observer: PerformanceObserver | undefined;

function observe(): void {
  // Only what is listened for is wanted; the list that is kept besides would be full after 250 requests.
  performance.setResourceTimingBufferSize(0);
  observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) awaited.get(entry.name)?.(entry);
  });
  observer.observe({ type: 'resource' });
}

export interface TimedRequest {
  /** To be fetched instead of the plain address. Its fragment is never sent; it tells requests to one address apart. */
  url: string;
  /** Undefined when the browser does not note them in time. To be called once the body has been read to its end. */
  timing(): Promise<RequestTiming | undefined>;
  /** Lets go of it, whatever became of the request. */
  forget(): void;
}

export function timeRequest(url: string): TimedRequest {
  if (!observer) observe();
  const name = `${url}#${crypto.randomUUID()}`;
  const noted = new Promise<RequestTiming>((resolve) => awaited.set(name, resolve));
  return {
    url: name,
    async timing() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), LONGEST_WAIT);
      });
      return Promise.race([noted, late]).finally(() => clearTimeout(timer));
    },
    forget: () => void awaited.delete(name),
  };
}
