/** A background's life, which can be ended at any of its calls to the browser. */
import type { Ports } from '../../../src/ports.ts';

export interface Moment {
  /** Which of the calls from now on, counted from 1. */
  call: number;
  /** `before`: it never happens. `after`: it happens, and nobody hears of it. */
  when: 'before' | 'after';
}

export interface Life {
  /** The same ports for this life alone: once it has ended, nothing goes through them any more. */
  grant(ports: Ports): Ports;
  /** One more port of that kind. */
  grantPort<T extends object>(port: T): T;
  /** Counts calls anew, and ends the life at that moment. */
  endAt(moment: Moment): void;
  /** Ends it now. */
  end(): void;
  /** Calls since `endAt`, or since the beginning. */
  calls(): number;
  hasEnded(): boolean;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
}

type Call = (...args: never[]) => Promise<unknown>;

/** Ports that answer at once: nobody dies over them. Every other one is a place to die at. */
const AT_ONCE: ReadonlySet<keyof Ports> = new Set(['clock', 'random', 'identity', 'keepAwake', 'text']);

export function createLife(): Life {
  let over = false;
  let count = 0;
  let moment: Moment | null = null;
  let settle = () => {};
  const ended = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const never = new Promise<never>(() => {});
  const end = () => {
    over = true;
    settle();
  };

  const mortal = <F extends Call>(call: F): F =>
    (async (...args: never[]) => {
      if (over) return never;
      count += 1;
      const isLast = moment?.call === count;
      if (isLast && moment?.when === 'before') end();
      if (over) return never;
      // What has been sent off arrives, whatever becomes of the sender.
      const outcome = call(...args);
      const settled = await outcome.then(
        () => true,
        () => true,
      );
      if (isLast && settled) end();
      return over ? never : outcome;
    }) as unknown as F;

  const allOf = <T extends Record<string, Call>>(port: () => T): T =>
    new Proxy({} as T, { get: (_, name) => mortal((...args) => (port()[name as string] as Call)(...args)) });

  return {
    grant(ports) {
      const names = Object.keys(ports) as (keyof Ports)[];
      const granted = names.map((name) => {
        const port: unknown = ports[name];
        if (AT_ONCE.has(name)) return [name, port];
        if (typeof port === 'function') return [name, mortal(port as Call)];
        return [name, allOf(() => ports[name] as unknown as Record<string, Call>)];
      });
      return Object.fromEntries(granted) as Ports;
    },
    grantPort: <T extends object>(port: T) =>
      allOf(() => port as unknown as Record<string, Call>) as unknown as T,
    endAt(next) {
      count = 0;
      moment = next;
    },
    end,
    calls: () => count,
    hasEnded: () => over,
    ended,
  };
}
