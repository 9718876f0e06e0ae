/** Requests whose connection is lost at once, and which are done all the same, later. */
import type { World } from './state.ts';

export interface LateRequests {
  /** @param dueIn milliseconds; undefined: whenever `land` is told to */
  add(request: Request, dueIn: number | undefined): void;
  /** Does those whose time has come. */
  landDue(): Promise<void>;
  /** Does them all. @returns how many */
  land(): Promise<number>;
  forget(): void;
}

/** @param handle answers a request as if it had just come; nobody hears the answer */
export function createLateRequests(
  { now }: World,
  handle: (request: Request) => Response | Promise<Response>,
): LateRequests {
  let waiting: { request: Request; at: number }[] = [];
  async function land(isDue: (at: number) => boolean): Promise<number> {
    const due = waiting.filter(({ at }) => isDue(at));
    waiting = waiting.filter((one) => !due.includes(one));
    for (const { request } of due) await handle(request);
    return due.length;
  }
  return {
    add(request, dueIn) {
      waiting.push({ request, at: dueIn === undefined ? Number.POSITIVE_INFINITY : now() + dueIn });
    },
    async landDue() {
      await land((at) => at <= now());
    },
    land: () => land(() => true),
    forget() {
      waiting = [];
    },
  };
}
