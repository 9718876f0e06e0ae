/** What may become of the two sendings of one request by a browser that repeats it by itself. */
import type { Control } from '../../../src/sandbox/control/control.ts';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import type { Repeat } from './world.ts';

type Sent = { method: string; url: string };

export const creates = ({ method, url }: Sent): boolean => method === 'POST' && url.endsWith('/v1/pages');
export const appends = ({ method, url }: Sent): boolean => method === 'PATCH' && url.endsWith('/children');

/** What hinders each of the two, if anything, and how many are done then. */
export const REPEATS = [
  { name: 'both are done', first: null, second: null, done: 2 },
  { name: 'the first is not done', first: 'drop_before', second: null, done: 1 },
  { name: 'the second is refused', first: null, second: 'rate_limited', done: 1 },
  { name: 'the second is refused for good', first: null, second: 'restricted_resource', done: 1 },
  { name: 'the token is refused to the second', first: null, second: 'unauthorized', done: 1 },
  { name: 'both are done and no answer arrives', first: null, second: 'drop_after', done: 2 },
  {
    name: 'both are done and an error is answered',
    first: null,
    second: 'service_unavailable_saved',
    done: 2,
  },
  { name: 'neither is done', first: 'drop_before', second: 'rate_limited', done: 0 },
] as const satisfies { name: string; first: FaultKind | null; second: FaultKind | null; done: number }[];

export type RepeatKind = Pick<(typeof REPEATS)[number], 'first' | 'second'>;

/** A request that is sent twice, with those troubles. */
export const repeatOf = (
  { first, second }: RepeatKind,
  where: Repeat['where'],
  control: () => Control,
): Repeat => ({
  where,
  ...(first ? { first: () => void control().addFault({ kind: first, times: 1 }) } : {}),
  ...(second ? { second: () => void control().addFault({ kind: second, times: 1 }) } : {}),
});
