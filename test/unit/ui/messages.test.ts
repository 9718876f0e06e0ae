/** The visible strings: each that is used exists, and each that exists is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { type FailureCode, failure } from '../../../src/core/failure.ts';
import { FAILURES, meaningOf } from '../../../src/core/meaning.ts';
import { remediesOf } from '../../../src/ui/components/remedy.ts';

type Entry = { message: string; description?: string };

const entries = Object.entries(messages as Record<string, Entry>);
const keys = entries.map(([key]) => key);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/^(?:sandbox|endpoint)/.test(path))
  .map((path) => readFileSync(join('src', path), 'utf8'))
  .join('\n');

/** Keys that are put together from a failure's code. */
const ofFailures = (Object.keys(FAILURES) as FailureCode[]).flatMap((code) => {
  const { title, body } = meaningOf(failure(code));
  return [title, body, ...remediesOf(failure(code)).map(({ label }) => label)];
});

/** Beginnings of keys that are put together in a template. */
const beginnings = [...sources.matchAll(/text\(\s*`([a-z_]+)\$\{/g)].map((match) => match[1] ?? '');

const ofManifest = [...JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)].map((match) => match[1] ?? '');

/** Whatever is handed to `text` as it stands. */
const ofSources = [...sources.matchAll(/\btext\(\s*'(\w+)'/g)].map((match) => match[1] ?? '');

describe('the messages', () => {
  it('have every key that is used', () => {
    const used = [...ofFailures, ...ofManifest, ...ofSources];
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((key) => !keys.includes(key))).toEqual([]);
    expect(beginnings.filter((beginning) => !keys.some((key) => key.startsWith(beginning)))).toEqual([]);
  });

  it('have no key that is not used', () => {
    const composed = new Set<string>([...ofFailures, ...ofManifest]);
    const isUsed = (key: string) =>
      composed.has(key) ||
      beginnings.some((beginning) => key.startsWith(beginning)) ||
      sources.includes(`'${key}'`);
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  it('tell translators what each is for', () => {
    expect(entries.filter(([, { description = '' }]) => description.length < 5)).toEqual([]);
  });

  it('number what is put in from $1 on, and say which is which', () => {
    const careless = entries.filter(([, { message, description = '' }]) => {
      const numbers = [...new Set(message.match(/\$\d/g) ?? [])].sort();
      const isInOrder = numbers.every((number, index) => number === `$${index + 1}`);
      return !isInOrder || (numbers.length > 1 && !numbers.every((number) => description.includes(number)));
    });
    expect(careless).toEqual([]);
  });

  it('keep to what the stores allow', () => {
    expect(messages.extension_name.message.length).toBeLessThanOrEqual(45);
    expect(messages.extension_description.message.length).toBeLessThanOrEqual(132);
  });

  it('claim of no failure that something was kept, which depends on where it is shown', () => {
    const claims = entries.filter(
      ([key, { message }]) => /^failure_/.test(key) && /\bis kept on\b/.test(message),
    );
    expect(claims).toEqual([]);
  });
});
