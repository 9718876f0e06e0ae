/** How near a host is: the shortest of the last handshakes with it. */
import * as z from 'zod/mini';
import type { Store } from '../ports.ts';

/** So many connections to a host are remembered: one that is begun on another network counts at once, as the least does. */
const REMEMBERED = 4;

const KEY = 'handshakes';
const Handshakes = z.record(z.string(), z.array(z.number()));
type Handshakes = z.infer<typeof Handshakes>;

export interface NearestHandshakes {
  /** Notes a handshake with this origin, in milliseconds. */
  note(origin: string, took: number): void;
  /** The least of the last ones with it, in milliseconds; undefined when there were none. */
  least(origin: string): Promise<number | undefined>;
}

/**
 * @param store where they survive the background's death, as connections do. What cannot be read or written there is not
 *   known: a host without a handshake counts as near, which costs a look at Notion and is safe.
 */
export function createHandshakes(store: Pick<Store, 'get' | 'set'>): NearestHandshakes {
  let known: Promise<Handshakes> | undefined;

  const all = (): Promise<Handshakes> => {
    known ??= store.get([KEY]).then(
      ({ [KEY]: stored }) => {
        const read = z.safeParse(Handshakes, stored);
        return read.success ? read.data : {};
      },
      () => ({}),
    );
    return known;
  };

  return {
    note(origin, took) {
      known = all().then((before) => ({
        ...before,
        [origin]: [...(before[origin] ?? []), took].slice(-REMEMBERED),
      }));
      void known.then((now) => store.set({ [KEY]: now })).catch(() => undefined);
    },
    async least(origin) {
      const { [origin]: those = [] } = await all();
      return those.length > 0 ? Math.min(...those) : undefined;
    },
  };
}
