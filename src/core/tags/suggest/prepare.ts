/** What is worked out of the options of a database once, however often tags are proposed. */
import { optionKey } from '../rules.ts';
import { wordsOf } from './words.ts';

export type NamedOption = { name: string };

export type KnownOptions = {
  /** Places in the list, by `optionKey`. */
  byKey: ReadonlyMap<string, number>;
  keys: readonly string[];
  /** Places of those whose name is that, its words joined; also without its English plural. */
  byJoined: ReadonlyMap<string, readonly number[]>;
};

const known = new WeakMap<readonly NamedOption[], KnownOptions>();

const PLURAL = /^(.{3,}[^s])s$/;
/** Without an English plural, as names and words are compared. */
export const singular = (joined: string): string => PLURAL.exec(joined)?.[1] ?? joined;

/** @param options never changed in place */
export function knownOptions(options: readonly NamedOption[]): KnownOptions {
  const before = known.get(options);
  if (before) return before;
  const keys = options.map(({ name }) => optionKey(name));
  const byJoined = new Map<string, number[]>();
  for (const [at, { name }] of options.entries()) {
    const joined = singular(wordsOf(name).join(''));
    if (joined === '') continue;
    const others = byJoined.get(joined);
    if (others) others.push(at);
    else byJoined.set(joined, [at]);
  }
  const now = { keys, byJoined, byKey: new Map(keys.map((key, at) => [key, at])) };
  known.set(options, now);
  return now;
}
