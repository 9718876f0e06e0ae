/** What was stored by any version of Rowmark there ever was is read by this one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { Pack } from '../../../src/core/saved-rows/pack.ts';
import { basisOf, FillProgress } from '../../../src/core/saved-rows/progress.ts';
import { ROWS_FORM, SavedRow } from '../../../src/core/saved-rows/record.ts';
import { bringUpBy, first } from '../../../src/protocol/migrations.ts';
import { asStored, FAMILIES, RECORDS, readStored } from '../../../src/protocol/stored.ts';

const FOLDER = 'test/fixtures/stored';
const FORMS = { ...RECORDS, ...FAMILIES };

type Stored = Record<string, Record<string, unknown>>;
const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
const files = readdirSync(FOLDER).filter((file) => /^\d/.test(file));
const all: [file: string, stored: Stored][] = files.map((file) => [file, read(file)]);

const nameOf = (key: string) => key.split(':')[0] as keyof typeof FORMS;

describe('what was stored', () => {
  it.each(
    all.flatMap(([file, stored]) => Object.keys(stored).map((key) => [key, file, stored[key]] as const)),
  )('%s of %s is read', (key, _, raw) => {
    const reading = readStored(key, raw);
    expect(reading).toMatchObject({ kind: 'read' });
    // Stored anew it is of today, and says the same.
    const value = reading.kind === 'read' ? reading.value : null;
    const today = JSON.parse(JSON.stringify(asStored(key, value)));
    expect(today).toMatchObject({ version: FORMS[nameOf(key)].version });
    expect(readStored(key, today)).toEqual({ kind: 'read', value });
  });

  it('is there of each record, in each version there ever was', () => {
    const seen = new Set(
      all.flatMap(([, stored]) =>
        Object.entries(stored).map(([key, { version = 1 }]) => `${nameOf(key)} ${version}`),
      ),
    );
    const wanted = Object.entries(FORMS).flatMap(([name, { version }]) =>
      Array.from({ length: version }, (_, before) => `${name} ${before + 1}`),
    );
    expect([...seen].sort()).toEqual(wanted.sort());
  });

  it('keeps what it said', () => {
    const [, first] = all[0] ?? [];
    const [, forms] = all[2] ?? [];
    expect(readStored('save:waiting', first?.['save:waiting'])).toMatchObject({
      value: { state: 'kept', lookedAt: null, capture: { title: 'waiting', tags: ['physics'] } },
    });
    expect(readStored('outbox', first?.outbox)).toMatchObject({
      value: { waiting: { count: 1, ids: ['waiting'] }, needsYou: { count: 0 } },
    });
    const usage = readStored('tagUsage', forms?.tagUsage);
    expect(usage.kind === 'read' && Object.keys(usage.value as object)).toEqual(
      Object.keys(forms?.tagUsage ?? {}),
    );
  });

  it.each(Array.from({ length: ROWS_FORM }, (_, before) => before + 1))(
    'of rows in form %i is read',
    (form) => {
      const { rows, packs, progress } = read(`rows-${form}.json`);
      for (const row of rows)
        expect(z.safeParse(SavedRow, { ...row, dataSourceId: 'd' })).toMatchObject({ success: true });
      for (const pack of packs) expect(z.safeParse(Pack, pack)).toMatchObject({ success: true });
      expect(z.safeParse(FillProgress, progress)).toMatchObject({ success: true });
      // By the same basis nothing is read anew; by another one, all of it is.
      const [, title, url, tags] = JSON.parse(progress.basis);
      const basis = basisOf({ title, url, tags, description: null, savedOn: null });
      expect(basis === progress.basis).toBe(form === ROWS_FORM);
    },
  );
});

describe('a chain of versions', () => {
  const One = z.object({ words: z.string() });
  const Two = z.object({ words: z.array(z.string()) });
  const Three = z.object({ words: z.array(z.string()), count: z.number() });
  const chain = first(One)
    .next(2, Two, ({ words }) => ({ words: words.split(' ') }))
    .next(3, Three, ({ words }) => {
      if (words.includes('broken')) throw new Error('A bug.');
      return { words, count: words.includes('odd') ? ('many' as never) : words.length };
    });

  it('goes from each version through all that follow', () => {
    for (const [version, raw] of [
      [undefined, { words: 'a b' }],
      [1, { words: 'a b' }],
      [2, { words: ['a', 'b'] }],
    ] as const) {
      const stored = version === undefined ? raw : { ...raw, version };
      expect(bringUpBy(chain, false, stored)).toEqual({
        kind: 'read',
        value: { words: ['a', 'b'], count: 2 },
        isOld: true,
      });
    }
  });

  it.each([
    ['newer', { version: 4, words: 'a' }],
    ['damaged', { version: 2, words: 'not a list' }],
    ['damaged', { version: 0, words: 'a' }],
    ['damaged', { version: '1', words: 'a' }],
    ['damaged', 'a'],
    ['damaged', null],
    ['stuck', { version: 1, words: 'a broken one' }],
    ['stuck', { version: 2, words: ['odd'] }],
  ] as const)('says what is %s and gives it back as it is: %j', (why, raw) => {
    const told = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const before = structuredClone(raw);
    expect(bringUpBy(chain, false, raw)).toEqual({ kind: 'unreadable', raw, why });
    expect(raw).toEqual(before);
    told.mockRestore();
  });

  it('with a gap does not compile', () => {
    // @ts-expect-error
    first(One).next(3, Three, () => ({ words: [], count: 0 }));
    // @ts-expect-error
    first(One).next(1, One, (one) => one);
    // @ts-expect-error
    first(One).next(2, Two, ({ words }) => ({ words }));
    // @ts-expect-error
    chain.next(4, One, ({ nothing }) => ({ words: nothing }));
  });
});
