/**
 * Databases as people have them, and worse: each is saved into through the real background, every property that can be
 * written is given a value, and what Notion then holds is what was typed.
 */

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { Destination, Property } from '../../../src/core/database/destination.ts';
import { isWritable } from '../../../src/core/database/kind.ts';
import type { PropertyValue, Value } from '../../../src/core/database/value.ts';

import type { PropertyPlan } from '../../../src/sandbox/content.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import { createWorld, REDIRECT_URI, type World } from './world.ts';

let running: RunningSandbox;
let world: World;
const clock = { now: Date.UTC(2026, 10, 2, 9) };
const control = () => running.sandbox.control;

beforeAll(async () => {
  running = await startSandbox({
    redirectUris: [REDIRECT_URI],
    now: () => clock.now,
    settings: { rateLimit: 0 },
  });
  world = await createWorld(running.origin, clock);
  await world.connect();
});
afterAll(() => running.close());

/** All types that Notion's API can make, those that are read-only among them. */
const TYPES = [
  'rich_text',
  'number',
  'select',
  'multi_select',
  'status',
  'date',
  'checkbox',
  'url',
  'email',
  'phone_number',
  'people',
  'files',
  'created_time',
  'last_edited_time',
  'created_by',
  'last_edited_by',
  'unique_id',
  'formula',
] as const;

const SCRIPTS = [
  ['Latin', 'Näme, ”quoted” & <b>'],
  ['Cyrillic', 'Ссылка на сайт'],
  ['Greek', 'Διεύθυνση'],
  ['Arabic', 'رابط الصفحة'],
  ['Hebrew', 'קישור'],
  ['Devanagari', 'लिंक'],
  ['Thai', 'ลิงก์'],
  ['Japanese', 'リンク（必須）'],
  ['Korean', '링크 주소'],
  ['Chinese', '链接，地址'],
  ['emoji', '🔗👩‍👩‍👧‍👦'],
] as const;

const plan = (type: string, name: string, more: Partial<PropertyPlan> = {}): PropertyPlan =>
  ({
    name,
    type,
    ...(type === 'formula' ? { settings: { expression: 'prop("Name")' } } : {}),
    ...more,
  }) as PropertyPlan;

const options = (count: number) => Array.from({ length: count }, (_, index) => `Option ${index}`);

/** A name for each schema, and its properties beside the title. */
const zoo: [string, PropertyPlan[]][] = [
  ['nothing but a title', []],
  ...TYPES.map((type): [string, PropertyPlan[]] => [`one ${type}`, [plan(type, 'Something')]]),
  ['one of each type', TYPES.map((type) => plan(type, `The ${type}`))],
  ['three of each type', TYPES.flatMap((type) => [1, 2, 3].map((n) => plan(type, `${type} ${n}`)))],
  ...SCRIPTS.flatMap(([script, name]): [string, PropertyPlan[]][] => [
    [
      `a URL in ${script}`,
      [plan('url', name), plan('multi_select', `${name} 2`), plan('rich_text', `${name} 3`)],
    ],
    [
      `options in ${script}`,
      [plan('multi_select', 'Tags', { options: [name.replace(/[,，、]/g, ';')] }), plan('select', name)],
    ],
  ]),
  ['no URL', [plan('multi_select', 'Tags'), plan('rich_text', 'Description')]],
  ['two URLs', [plan('url', 'Image'), plan('url', 'Link')]],
  ['five texts and no description', [1, 2, 3, 4, 5].map((n) => plan('rich_text', `Text ${n}`))],
  [
    'names that look alike',
    ['Tags', 'tags', 'Tags ', 'TAGS', 'Tаgs'].map((name) => plan('multi_select', name)),
  ],
  ['a name of 2,000 characters', [plan('url', 'U'.repeat(2_000)), plan('select', '選'.repeat(2_000))]],
  ['names with quotes and commas', [plan('url', `"URL", 'link'`), plan('multi_select', 'a, b, "c"')]],
  ['names of other roles', [plan('url', 'Tags'), plan('multi_select', 'URL'), plan('rich_text', 'Date')]],
  ['a title called URL', [plan('url', 'Title'), plan('rich_text', 'Name of it')]],
  [
    'names like those of JavaScript',
    ['__proto__', 'constructor', 'toString'].map((name) => plan('rich_text', name)),
  ],
  ['1,000 options', [plan('multi_select', 'Tags', { options: options(1_000) })]],
  [
    '10,000 options',
    [
      plan('multi_select', 'Tags', { options: options(10_000) }),
      plan('select', 'Kind', { options: options(10_000) }),
    ],
  ],
  [
    '50 properties',
    Array.from({ length: 50 }, (_, n) => plan(TYPES[n % TYPES.length] ?? 'url', `Property ${n}`)),
  ],
  [
    '500 properties',
    Array.from({ length: 500 }, (_, n) => plan(TYPES[n % TYPES.length] ?? 'url', `Property ${n}`)),
  ],
];

/** Whatever comes, the same each time. */
const generated = fc
  .sample(
    fc.uniqueArray(
      fc.record({
        name: fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
          .filter((name) => name.trim() !== ''),
        type: fc.constantFrom(...TYPES),
      }),
      { maxLength: 40, selector: ({ name }) => name },
    ),
    { numRuns: 20, seed: 11 },
  )
  .map((properties, index): [string, PropertyPlan[]] => [
    `generated properties, ${index + 1}`,
    properties.filter(({ name }) => name !== 'Name').map(({ name, type }) => plan(type, name)),
  ]);
zoo.push(...generated);

let count = 0;
/** @returns the new database, chosen in Rowmark with its schema read */
async function choose(properties: readonly PropertyPlan[]): Promise<Destination> {
  count += 1;
  const { databaseId, dataSourceIds } = control().createDatabase({
    title: `Zoo ${count}`,
    sources: [{ properties: [{ name: 'Name', type: 'title' }, ...properties] }],
  });
  control().share(databaseId);
  const opened = await world.call({
    type: 'open-link',
    link: `https://www.notion.so/${databaseId.replaceAll('-', '')}`,
  });
  expect(opened).toEqual({ ok: true, value: { destinationId: dataSourceIds[0] } });
  return world.destination(dataSourceIds[0] ?? '');
}

/** A value as the property's control would make it, and how the sandbox writes it down. */
function sample(property: Property, me: string): [Value, unknown] {
  const text = (words: string, plain: unknown = words): [Value, unknown] => [
    { kind: 'text', text: words },
    plain,
  ];
  switch (property.type) {
    case 'number':
      return text('12,5', 12.5);
    case 'url':
      return text('https://example.org/other?a=b');
    case 'email':
      return text('ada@example.org');
    case 'phone_number':
      return text('+44 20 7946 0000');
    case 'status': {
      const name = property.options?.at(-1)?.name ?? '';
      return text(name, name);
    }
    case 'select':
      return [
        { kind: 'list', items: [{ name: property.options?.at(-1)?.name ?? 'New kind' }] },
        property.options?.at(-1)?.name ?? 'New kind',
      ];
    case 'multi_select':
      return [{ kind: 'list', items: [{ name: 'one' }, { name: 'two' }] }, ['one', 'two']];
    case 'date':
      return [
        { kind: 'date', start: '2026-05-03', end: '2026-05-09', timeZone: null },
        '2026-05-03 → 2026-05-09',
      ];
    case 'checkbox':
      return [{ kind: 'flag', on: true }, true];
    case 'people':
      return [{ kind: 'list', items: [{ name: 'Me', id: me }] }, [me]];
    case 'files':
      return [
        { kind: 'list', items: [{ name: 'https://example.org/a%20file.pdf?x=1' }] },
        [
          {
            name: 'a%20file.pdf',
            type: 'external',
            external: { url: 'https://example.org/a%20file.pdf?x=1' },
          },
        ],
      ];
    default:
      return text('Words “and” more.\nOn two lines.');
  }
}

const capture = (more: Partial<Capture>): Capture => ({
  url: `https://example.org/${count}`,
  title: `Page ${count}`,
  description: 'What it is about.',
  tags: ['physics', 'to read'],
  at: clock.now,
  origin: 'popup',
  ...more,
});

async function save(destinationId: string, what: Capture) {
  // Rowmark sends no more requests a minute than Notion takes.
  clock.now += 60_000;
  const saveId = crypto.randomUUID();
  expect(await world.call({ type: 'keep', saveId, capture: what, destinationId })).toMatchObject({
    ok: true,
  });
  await world.background.idle();
  expect(world.save(saveId)).toMatchObject({ state: 'in-notion', failure: null });
  const row = control().dataSource(destinationId).rows.at(-1);
  if (!row) throw new Error('There is no row');
  return row;
}

/** All text in the page itself. */
const bodyOf = (path = '/v1/pages'): string =>
  JSON.stringify(
    (
      control()
        .requests()
        .filter((request) => request.path === path)
        .at(-1)?.body as { children?: unknown }
    )?.children ?? [],
  );

describe('a database with', () => {
  it.each(zoo)('%s takes everything', async (_, properties) => {
    const destination = await choose(properties);
    const people = await world.call({ type: 'list-people', botId: destination.botId });
    const me = people.ok ? (people.value.found[0]?.id ?? '') : '';
    control().clearRequests();
    const { mapping } = destination;
    const mapped = new Set<string | null>(Object.values(mapping));
    const free = destination.properties.filter((one) => isWritable(one) && !mapped.has(one.id));
    const samples = free.map((property) => ({ property, of: sample(property, me) }));
    const values: PropertyValue[] = samples.map(({ property: { id, name }, of: [value] }) => ({
      id,
      name,
      value,
    }));
    const row = await save(destination.id, capture({ values }));

    // One request, and no value refused.
    expect(
      control()
        .requests()
        .map(({ method, path, status }) => `${method} ${path} ${status}`),
    ).toEqual(['POST /v1/pages 200']);
    const nameOf = (id: string | null) => destination.properties.find((one) => one.id === id)?.name ?? '';
    const expected = Object.fromEntries(samples.map(({ property, of: [, plain] }) => [property.name, plain]));
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, row.values[name]]))).toEqual(
      expected,
    );
    expect(row.title).toBe(`Page ${count}`);
    if (mapping.url) expect(row.values[nameOf(mapping.url)]).toBe(`https://example.org/${count}`);
    else expect(bodyOf()).toContain(`https://example.org/${count}`);
    if (mapping.tags) expect(row.values[nameOf(mapping.tags)]).toEqual(['physics', 'to read']);
    else expect(bodyOf()).toContain('#physics #to read');
    if (mapping.description) expect(row.values[nameOf(mapping.description)]).toBe('What it is about.');
    else expect(bodyOf()).toContain('What it is about.');
  });

  it('has at least sixty others beside it here', () => {
    expect(zoo.length).toBeGreaterThanOrEqual(60);
  });
});

describe('what was typed', () => {
  const words = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .filter((text) => text.trim() !== '' && !text.includes('\u0000'));
  const name = words
    .map((text) => text.replace(/[,\r\n]/g, ' ').trim())
    .filter((text) => text !== '' && text.length <= 100);
  const sameName = (a: string, b: string) =>
    a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

  it('comes back the same', { timeout: 240_000 }, async () => {
    const destination = await choose(
      ['rich_text', 'number', 'select', 'multi_select', 'checkbox', 'url', 'email', 'phone_number', 'date']
        .map((type) => plan(type, `A ${type}`))
        .concat(plan('url', 'URL'), plan('multi_select', 'Tags'), plan('rich_text', 'Description')),
    );
    const id = (property: string) => destination.properties.find((one) => one.name === property)?.id ?? '';
    const value = (property: string, given: Value): PropertyValue => ({
      id: id(property),
      name: property,
      value: given,
    });
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        name,
        fc.uniqueArray(name, { minLength: 1, maxLength: 6, comparator: sameName }),
        fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
        async (text, number, option, names, date) => {
          const start = date.toISOString().slice(0, 16);
          const row = await save(
            destination.id,
            capture({
              title: text,
              values: [
                value('A rich_text', { kind: 'text', text }),
                value('A number', { kind: 'text', text: String(number) }),
                value('A select', { kind: 'list', items: [{ name: option }] }),
                value('A multi_select', { kind: 'list', items: names.map((each) => ({ name: each })) }),
                value('A checkbox', { kind: 'flag', on: true }),
                value('A url', { kind: 'text', text: `https://example.org/${encodeURIComponent(text)}` }),
                value('A email', { kind: 'text', text: 'a@b.c' }),
                value('A phone_number', { kind: 'text', text: '1' }),
                value('A date', { kind: 'date', start, end: null, timeZone: 'Asia/Kolkata' }),
              ],
            }),
          );
          expect(row.values['A rich_text']).toBe(text.toWellFormed());
          expect(row.title).toBe(text.toWellFormed().trim());
          expect(row.values['A number']).toBe(Object.is(number, -0) ? 0 : number);
          expect(sameName(String(row.values['A select']), option)).toBe(true);
          const back = row.values['A multi_select'] as string[];
          expect(back.length).toBe(names.length);
          expect(names.every((each) => back.some((other) => sameName(each, other)))).toBe(true);
          expect(row.values['A checkbox']).toBe(true);
          expect(row.values['A date']).toBe(`${start}:00`);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe('a database that changes between opening the form and saving', () => {
  const typed = async () => {
    const destination = await choose([
      plan('url', 'URL'),
      plan('multi_select', 'Tags'),
      plan('rich_text', 'Description'),
      plan('select', 'Kind', { options: ['Article', 'Book'] }),
      plan('number', 'Pages'),
      plan('status', 'Status', { options: ['To read', 'Read'] }),
    ]);
    const property = (name: string) => destination.properties.find((one) => one.name === name)?.id ?? '';
    const values: PropertyValue[] = [
      { id: property('Kind'), name: 'Kind', value: { kind: 'list', items: [{ name: 'Article' }] } },
      { id: property('Pages'), name: 'Pages', value: { kind: 'text', text: '42' } },
      { id: property('Status'), name: 'Status', value: { kind: 'text', text: 'Read' } },
    ];
    return { destination, id: destination.id, what: capture({ values }) };
  };

  it('under other names: everything arrives', async () => {
    const { id, what } = await typed();
    for (const name of ['URL', 'Tags', 'Kind', 'Pages'])
      control().changeProperty(id, name, { name: `${name} (new)` });
    const row = await save(id, what);
    expect(row.values).toMatchObject({
      'URL (new)': what.url,
      'Tags (new)': what.tags,
      'Kind (new)': 'Article',
      'Pages (new)': 42,
    });
  });

  it('to other types: each takes what it can, the rest is in the page in words', async () => {
    const { id, what } = await typed();
    control().changeProperty(id, 'Kind', { type: 'multi_select' });
    control().changeProperty(id, 'Pages', { type: 'rich_text' });
    control().changeProperty(id, 'Status', { type: 'number' });
    const row = await save(id, what);
    expect(row.values).toMatchObject({ Kind: ['Article'], Pages: '42', Status: null });
    expect(bodyOf()).toContain('Status: Read');
  });

  it('without properties it had: the row is saved with what is left', async () => {
    const { id, what } = await typed();
    for (const name of ['Kind', 'Pages', 'URL', 'Tags', 'Description']) control().removeProperty(id, name);
    const row = await save(id, what);
    expect(row.values).toMatchObject({ Status: 'Read' });
    for (const words of ['Kind: Article', 'Pages: 42', what.url, '#physics #to read', 'What it is about.'])
      expect(bodyOf()).toContain(words);
  });

  it('without an option it had: a select gets it anew, a status keeps it in words', async () => {
    const { id, what } = await typed();
    control().removeOption(id, 'Kind', 'Article');
    control().removeOption(id, 'Status', 'Read');
    const row = await save(id, what);
    expect(row.values).toMatchObject({ Kind: 'Article', Status: 'To read' });
    expect(bodyOf()).toContain('Status: Read');
  });

  it('is no longer shared: the save waits, whole, and goes when it is shared again', async () => {
    const { destination, id, what } = await typed();
    control().unshare(destination.databaseId ?? id);
    const saveId = crypto.randomUUID();
    await world.call({ type: 'keep', saveId, capture: what, destinationId: id });
    await world.background.idle();
    expect(world.save(saveId)).toMatchObject({
      state: 'needs-you',
      failure: { code: 'not-shared' },
      capture: what,
    });
    control().share(destination.databaseId ?? id);
    await world.call({ type: 'try-now', saveId });
    await world.background.idle();
    expect(world.save(saveId).state).toBe('in-notion');
    expect(control().dataSource(id).rows.at(-1)?.values).toMatchObject({
      Kind: 'Article',
      Pages: 42,
      Status: 'Read',
    });
  });
});

describe('the list of databases', () => {
  it('gets what a search by name finds, and has those first that were saved to last', async () => {
    const { databaseId, dataSourceIds } = control().createDatabase({
      title: 'Zettelkasten',
      sources: [{ properties: [{ name: 'Name', type: 'title' }] }],
    });
    control().share(databaseId);
    clock.now += 60_000;
    const listed = () =>
      (world.local.dump().catalog as { entries: { id: string }[] }).entries.map(({ id }) => id);
    expect(listed()).not.toContain(dataSourceIds[0]);
    expect(await world.call({ type: 'find-databases', query: 'Zettel' })).toEqual({
      ok: true,
      value: { isWhole: true },
    });
    expect(listed()).toContain(dataSourceIds[0]);
    await save(dataSourceIds[0] ?? '', capture({}));
    await world.call({ type: 'refresh-catalog' });
    expect(listed()[0]).toBe(dataSourceIds[0]);
  });
});

describe('what the user has set for a database', () => {
  it('counts before what is inferred, survives renaming, and is inferred anew when it is gone', async () => {
    const { id, properties } = await choose([
      plan('url', 'URL'),
      plan('url', 'Source'),
      plan('multi_select', 'Tags'),
      plan('multi_select', 'Themes'),
    ]);
    const of = (name: string) => properties.find((one) => one.name === name)?.id ?? '';
    const form = {
      version: 1,
      mapping: { url: of('Source'), tags: of('Themes'), description: null },
      starts: {},
    } as const;
    expect(await world.call({ type: 'set-form', destinationId: id, form })).toEqual({
      ok: true,
      value: null,
    });
    control().changeProperty(id, 'Source', { name: 'Origin' });
    expect((await save(id, capture({}))).values).toMatchObject({
      Origin: `https://example.org/${count}`,
      URL: null,
      Themes: ['physics', 'to read'],
    });
    control().removeProperty(id, 'Origin');
    expect((await save(id, capture({}))).values).toMatchObject({
      URL: `https://example.org/${count}`,
      Themes: ['physics', 'to read'],
    });
  });

  it('begins properties of a quick save, from fixed values and from the page', async () => {
    const { id, properties } = await choose([
      plan('url', 'URL'),
      plan('status', 'Status', { options: ['Inbox', 'Done'] }),
      plan('rich_text', 'Site'),
      plan('date', 'Day'),
    ]);
    const of = (name: string) => properties.find((one) => one.name === name)?.id ?? '';
    const starts = {
      [of('Status')]: { from: 'fixed' as const, value: { kind: 'text' as const, text: 'Done' } },
      [of('Day')]: { from: 'today' as const },
    };
    await world.call({
      type: 'set-form',
      destinationId: id,
      form: { version: 1, mapping: { description: of('Site') }, starts },
    });
    await world.call({ type: 'choose-destination', destinationId: id });
    await world.background.command('quick-save', {
      id: 7,
      url: 'https://example.org/maxwell',
      title: 'Maxwell',
    });
    await world.background.idle();
    expect(control().dataSource(id).rows.at(-1)?.values).toMatchObject({ Status: 'Done', Day: '2026-11-02' });
  });

  it('adds a property for the address to a database without one, once', async () => {
    const { id } = await choose([plan('multi_select', 'Tags')]);
    expect(await world.call({ type: 'add-url-property', destinationId: id })).toEqual({
      ok: true,
      value: null,
    });
    expect(await world.call({ type: 'add-url-property', destinationId: id })).toEqual({
      ok: true,
      value: null,
    });
    const urls = control()
      .dataSource(id)
      .properties.filter(({ type }) => type === 'url');
    expect(urls).toHaveLength(1);
    expect((await save(id, capture({}))).values).toMatchObject({
      [urls[0]?.name ?? '']: `https://example.org/${count}`,
    });
  });
});
