/**
 * What a row holds, as Notion can hold it, is what it holds afterwards: the form, the toast and Undo write what somebody
 * changed and nothing else. The popup's own model, over the real background and the sandbox.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/core/capture/capture.ts';
import type { Value } from '../../../src/core/database/value.ts';
import type { ToastMessage } from '../../../src/protocol/toast.ts';
import type { PropertyPlan, RowPlan } from '../../../src/sandbox/content.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/node.ts';
import { openOn } from './popup-in-node.ts';
import { savesOf } from './shared-clock.ts';
import { createWorld, REDIRECT_URI, type World } from './world.ts';

const clock = { now: Date.UTC(2026, 10, 2, 9) };
let running: RunningSandbox;
let world: World;
let dataSourceId: string;
let ids: { person: string; bot: string; database: string; projects: string[] };
let token: string;
const control = () => running.sandbox.control;

const DATABASE = 'Workbench';
const ODD_OPTIONS = ['Okoro, Mina', 'trailing ', ' leading', 'Straße', '日本語', 'x'.repeat(100)];
const PLAN: PropertyPlan[] = [
  { name: 'Name', type: 'title' },
  { name: 'URL', type: 'url' },
  { name: 'Tags', type: 'multi_select', options: ['plain', ...ODD_OPTIONS] },
  { name: 'Description', type: 'rich_text' },
  { name: 'Words', type: 'rich_text' },
  { name: 'Number', type: 'number' },
  { name: 'Homepage', type: 'url' },
  { name: 'Email', type: 'email' },
  { name: 'Phone', type: 'phone_number' },
  { name: 'Select', type: 'select', options: ['plain', ...ODD_OPTIONS] },
  { name: 'Several', type: 'multi_select', options: ['plain', ...ODD_OPTIONS] },
  { name: 'Status', type: 'status', options: ['Not started', 'Under way, slowly', 'Done'] },
  { name: 'When', type: 'date' },
  { name: 'Check', type: 'checkbox' },
  { name: 'People', type: 'people' },
  { name: 'Files', type: 'files' },
];

beforeAll(async () => {
  running = await startSandbox({
    redirectUris: [REDIRECT_URI],
    now: () => clock.now,
    settings: { rateLimit: 0 },
    wait: () => Promise.resolve(),
  });
  const projects = control().createDatabase({
    title: 'Projects',
    sources: [
      {
        properties: [{ name: 'Name', type: 'title' }],
        rows: Array.from({ length: 30 }, (_, index) => ({ Name: index % 9 === 0 ? '' : `Project ${index}` })),
      },
    ],
  });
  const [relatedTo = ''] = projects.dataSourceIds;
  const made = control().createDatabase({
    title: DATABASE,
    sources: [
      {
        properties: [
          ...PLAN,
          {
            name: 'Projects',
            type: 'relation',
            settings: {
              database_id: projects.databaseId,
              data_source_id: relatedTo,
              type: 'single_property',
              single_property: {},
            },
          },
        ],
      },
    ],
  });
  [dataSourceId = ''] = made.dataSourceIds;
  world = await createWorld(running.origin, clock);
  expect(await world.connect({ share: [DATABASE, 'Projects'] })).toMatchObject({ ok: true });
  expect(await world.call({ type: 'open-link', link: made.databaseId })).toMatchObject({ ok: true });
  const minted = control().mint({ share: [DATABASE, 'Projects'] });
  token = minted.accessToken;
  const users = (await notion('GET', '/v1/users')).results as { id: string; type: string }[];
  ids = {
    person: users.find(({ type }) => type === 'person')?.id ?? '',
    bot: minted.botId,
    database: projects.databaseId,
    projects: control()
      .dataSource(relatedTo)
      .rows.map(({ id }) => id),
  };
  const { properties } = destination() as unknown as { properties: { relatedTo?: string }[] };
  expect(properties.some((property) => property.relatedTo === relatedTo)).toBe(true);
}, 60_000);
afterAll(() => running.close());

const destination = () => world.local.dump()[`destination:${dataSourceId}`] as { properties: unknown[] };

async function notion(method: string, path: string): Promise<Record<string, unknown>> {
  const reply = await fetch(running.origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11' },
  });
  expect(reply.status, path).toBe(200);
  return (await reply.json()) as Record<string, unknown>;
}

type Properties = Record<string, { id: string; type: string } & Record<string, unknown>>;

/** Each property of the row, to the byte. */
async function held(rowId: string): Promise<Properties> {
  const { properties } = await notion('GET', `/v1/pages/${rowId}`);
  // Each answer signs the addresses of uploads anew.
  const unsigned = (key: string, value: unknown) =>
    key === 'expiry_time' ? undefined : typeof value === 'string' ? value.replace(/\?X-Amz.*$/, '') : value;
  return JSON.parse(JSON.stringify(properties, unsigned)) as Properties;
}

async function settle(): Promise<void> {
  for (let turns = 0; turns < 50; turns++) {
    await world.background.idle();
    if (world.alarmAt === null) return;
    await world.pass(Math.max(0, world.alarmAt - world.now));
  }
  throw new Error('It never comes to rest');
}

/** What was sent to change that row since the log was cleared: the properties named in each request, by name. */
function sent(rowId: string): Record<string, unknown>[] {
  const names = new Map(
    (destination().properties as { id: string; name: string }[]).map(({ id, name }) => [id, name]),
  );
  return control()
    .requests()
    .filter(({ method, path }) => method === 'PATCH' && path === `/v1/pages/${rowId}`)
    .map(({ body }) => (body as { properties: Record<string, unknown> }).properties)
    .map((properties) =>
      Object.fromEntries(Object.entries(properties).map(([id, value]) => [names.get(id) ?? id, value])),
    );
}

let count = 0;
/** A row of a page of its own. */
function makeRow(values: RowPlan): { rowId: string; tab: { id: number; url: string; title: string } } {
  count += 1;
  const url = `https://example.org/pages/${count}`;
  const { id } = control().addRow(dataSourceId, { URL: url, ...values });
  return { rowId: id, tab: { id: count, url, title: 'What the page is called now' } };
}

// What Notion can hold.

const PLAIN = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};
type Item = Record<string, unknown> & { plain_text: string };
const textItem = (content: string, more: Record<string, unknown> = {}, link: string | null = null): Item => ({
  type: 'text',
  text: { content, link: link === null ? null : { url: link } },
  annotations: { ...PLAIN, ...more },
  plain_text: content,
  href: link,
});
const mention = (plain_text: string, what: Record<string, unknown>, href: string | null = null): Item => ({
  type: 'mention',
  mention: what,
  annotations: PLAIN,
  plain_text,
  href,
});
const linkTo = (id = '') => `https://app.notion.com/p/${id.replaceAll('-', '')}`;
const userMention = () =>
  mention('@Ada Lovelace', { type: 'user', user: { object: 'user', id: ids.person } });
const pageMention = () =>
  mention('Project 1', { type: 'page', page: { id: ids.projects[1] } }, linkTo(ids.projects[1]));
const preview = () =>
  mention('A pull request', { type: 'link_preview', link_preview: { url: 'https://example.org/pull/1' } });

const annotations = fc.record({
  bold: fc.boolean(),
  italic: fc.boolean(),
  strikethrough: fc.boolean(),
  underline: fc.boolean(),
  code: fc.boolean(),
  color: fc.constantFrom('default', 'red', 'blue_background'),
});
const oddText = fc
  .array(
    fc.constantFrom(
      'word',
      'Maxwell',
      ' ',
      '  ',
      '\u00a0',
      '\n',
      '\n\n',
      '\t',
      '…',
      '日本',
      '👩‍👩‍👧',
      '#tag',
      '@home',
      '\\',
      '\r\n',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const date = fc.constantFrom(
  { start: '2026-05-03', end: null, time_zone: null },
  { start: '2026-05-03', end: '2026-05-09', time_zone: null },
  { start: '2026-05-03T14:30:00.000+02:00', end: null, time_zone: null },
  { start: '2026-05-03T14:30:00.000Z', end: '2026-05-04T09:15:30.000Z', time_zone: null },
  { start: '2026-05-03T14:30:00.000-03:30', end: '2026-05-03T15:30:00.000-03:30', time_zone: null },
  { start: '2026-05-03T14:30:00', end: '2026-05-03T16:00:00', time_zone: 'Asia/Tokyo' },
  { start: '2026-11-01T01:30:00.000-05:00', end: null, time_zone: 'America/New_York' },
);
const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(oddText, annotations).map(([words, more]) => textItem(words, more)) },
  oddText.map((words) => textItem(words, {}, 'https://example.org/?a=1&b=%20')),
  fc.constant(null).map(userMention),
  fc.constant(null).map(pageMention),
  fc
    .constant(null)
    .map(() =>
      mention('Projects', { type: 'database', database: { id: ids.database } }, linkTo(ids.database)),
    ),
  date.map((when) =>
    mention(when.end === null ? when.start : `${when.start} → ${when.end}`, { type: 'date', date: when }),
  ),
  fc.constant(
    mention('@today', {
      type: 'template_mention',
      template_mention: { type: 'template_mention_date', template_mention_date: 'today' },
    }),
  ),
  fc.constant(
    mention(':ship:', {
      type: 'custom_emoji',
      custom_emoji: {
        id: '0b3cf1a2-58c4-4b57-9a52-1f64a9d4c101',
        name: 'ship',
        url: 'https://example.org/ship.png',
      },
    }),
  ),
  fc.constant({
    type: 'equation',
    equation: { expression: 'E = mc^2' },
    annotations: PLAIN,
    plain_text: 'E = mc^2',
    href: null,
  }),
  { weight: 1, arbitrary: fc.constant(null).map(preview) },
);
const richText = fc.array(item, { maxLength: 6 });
const UPLOADS = 'https://prod-files-secure.s3.us-west-2.amazonaws.com/workspace';
const file = fc.constantFrom(
  { name: 'report, final.pdf', type: 'file', file: { url: `${UPLOADS}/1/report.pdf` } },
  { name: 'the same', type: 'file', file: { url: `${UPLOADS}/2/same.png` } },
  { name: 'the same', type: 'file', file: { url: `${UPLOADS}/3/same.png` } },
  { name: 'A paper by Maxwell', type: 'external', external: { url: 'https://example.org/paper.pdf?dl=1' } },
  {
    name: 'https://example.org/other.pdf',
    type: 'external',
    external: { url: 'https://example.org/other.pdf' },
  },
  { name: 'n'.repeat(140), type: 'external', external: { url: 'https://example.org/long.pdf' } },
);
const option = fc.constantFrom('plain', ...ODD_OPTIONS);
const row = fc.record({
  Name: richText,
  Tags: fc.uniqueArray(option, { maxLength: 4 }),
  Description: richText,
  Words: richText,
  Number: fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(0)),
  Homepage: fc.constantFrom(null, 'example.org', ' https://example.org/a b ', 'HTTP://EXAMPLE.ORG/%7e'),
  Email: fc.constantFrom(null, 'ada@example.com', ' Ada <ada@example.com>', 'not an address'),
  Phone: fc.constantFrom(null, '+49 (0) 30\u00a0123', 'ask Ada'),
  Select: fc.option(option),
  Several: fc.uniqueArray(option, { maxLength: 5 }),
  Status: fc.constantFrom('Not started', 'Under way, slowly', 'Done'),
  When: fc.option(date),
  Check: fc.boolean(),
  People: fc
    .constantFrom([], ['person'], ['person', 'bot'], ['bot'], Array<string>(30).fill('person'))
    .map((who) => who.map((one) => (one === 'bot' ? ids.bot : ids.person))),
  Files: fc.uniqueArray(file, { maxLength: 4 }),
  Projects: fc.constantFrom(0, 1, 3, 25, 30).map((many) => ids.projects.slice(0, many)),
});

const RUNS = Number(process.env.RUNS ?? 40);

describe('a row that is opened and changed in one place', () => {
  it('is named by that place alone, and holds all else to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(row, async (values) => {
        const { rowId, tab } = makeRow(values as RowPlan);
        const before = await held(rowId);
        control().clearRequests();
        const popup = await openOn(world, tab);
        popup.enter({ tags: [...popup.fields.tags.value, `tag of ${rowId}`] });
        await popup.keep();
        await settle();
        const after = await held(rowId);
        expect(sent(rowId).map((properties) => Object.keys(properties))).toEqual([['Tags']]);
        const { Tags: tagsBefore, ...othersBefore } = before;
        const { Tags: tagsAfter, ...others } = after;
        expect(others).toEqual(othersBefore);
        expect(optionIds(tagsAfter)).toEqual([...optionIds(tagsBefore), expect.anything()]);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
    );
  });

  it('comes back as it was by Undo, in all that Notion takes', async () => {
    await fc.assert(
      fc.asyncProperty(row, async (values) => {
        const { rowId, tab } = makeRow(values as RowPlan);
        const before = await held(rowId);
        const popup = await openOn(world, tab);
        popup.enter({ title: `${popup.fields.title.value} and more` });
        popup.enter({ description: 'Something else' });
        popup.enter({ tags: ['plain'] });
        for (const [name, change] of Object.entries(CHANGES)) {
          const field = fieldIf(popup, name);
          if (field && !field.fixed) field.set(change(field.value));
        }
        await popup.keep();
        await settle();
        const save = savesOf(world).find((one) => one.row?.id === rowId);
        expect(save).toMatchObject({ state: 'in-notion', failure: null });
        await world.call({ type: 'undo', saveIds: [save?.id ?? ''] });
        await settle();
        expect(savesOf(world).find((one) => one.row?.id === rowId)).toMatchObject({ state: 'undone' });
        expect(normalised(await held(rowId))).toEqual(normalised(before));
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
    );
  });
});

describe('a row whose page is saved again by key', () => {
  /** @returns the save, and what its toast shows */
  async function quickSave(tab: { id: number; url: string; title: string }) {
    world.setPage({ url: tab.url, title: tab.title });
    await world.background.command('quick-save', tab);
    await settle();
    const toast = world.toasts.at(-1);
    const change = async (what: Extract<ToastMessage, { type: 'toast-change' }>['change']) => {
      control().clearRequests();
      const message: ToastMessage = { type: 'toast-change', saveId: toast?.id ?? '', change: what };
      expect(await world.background.toastMessage(message, tab)).toEqual({ ok: true });
      await settle();
    };
    return { actions: toast?.actions, change };
  }
  const isFixed = (properties: Properties, name: string) =>
    JSON.stringify(properties[name]).includes('link_preview');

  it('is changed where the toast changes it, and comes back as it was by Undo', async () => {
    await fc.assert(
      fc.asyncProperty(row, async (values) => {
        const { rowId, tab } = makeRow(values as RowPlan);
        const before = await held(rowId);
        const { actions, change } = await quickSave(tab);
        expect(await held(rowId)).toEqual(before);

        await change({ tags: [...(actions?.tags ?? []).map(({ name }) => name), `seen ${rowId}`] });
        expect(sent(rowId).map((properties) => Object.keys(properties))).toEqual([['Tags']]);
        const tagged = await held(rowId);
        expect(optionIds(tagged.Tags)).toEqual([...optionIds(before.Tags), expect.anything()]);

        await change({ note: `${actions?.note} Seen again.`.trim() });
        const named = sent(rowId).map((properties) => Object.keys(properties));
        expect(named).toEqual([isFixed(before, 'Description') ? [] : ['Description']]);
        const noted = await held(rowId);
        if (!isFixed(before, 'Description')) {
          const [was, is] = [tagged, noted].map(
            (properties) => normalised(properties).Description?.rich_text as Item[],
          );
          const words = (items: Item[] = []) => items.map(({ plain_text }) => plain_text).join('');
          const folded = (text: string) => text.replace(/\s+/g, ' ').trim();
          expect(folded(words(is))).toBe(`${folded(words(was))} Seen again.`.trim());
          // A link that ends in white space is typed into.
          const special = (items: Item[] = []) =>
            items
              .flatMap((item) => (item.type !== 'text' ? [item] : item.href ? [item.href] : []))
              // Two pieces of one link look like one.
              .filter((one, at, all) => typeof one !== 'string' || one !== all[at - 1]);
          if (folded(words(was)) !== '') expect(special(is)).toEqual(special(was));
        }

        const status =
          (before.Status?.status as { name?: string } | undefined)?.name === 'Done' ? 'Not started' : 'Done';
        await change({ choice: status });
        expect(sent(rowId).map((properties) => Object.keys(properties))).toEqual([['Status']]);

        const save = savesOf(world).find((one) => one.row?.id === rowId);
        await world.call({ type: 'undo', saveIds: [save?.id ?? ''] });
        await settle();
        expect(normalised(await held(rowId))).toEqual(normalised(before));
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
    );
  });

  it('keeps the two paragraphs of a note, with what is in them', async () => {
    const text = [
      textItem('The first '),
      textItem('paragraph', { bold: true }),
      textItem('.\n\nThe\u00a0second, with '),
      textItem('a link', {}, 'https://example.org/'),
      textItem(', for '),
      userMention(),
      textItem('.  '),
    ];
    const { rowId, tab } = makeRow({ Description: text });
    const { actions, change } = await quickSave(tab);
    expect(actions?.note).toBe('The first paragraph. The second, with a link, for \\@Ada Lovelace.');
    await change({ note: `${actions?.note.replace('The second', 'The very second')} Done.` });
    const items = (await held(rowId)).Description?.rich_text as Item[];
    expect(items.map(({ plain_text }) => plain_text).join('')).toBe(
      'The first paragraph.\n\nThe\u00a0very second, with a link, for @Ada Lovelace. Done.  ',
    );
    expect(items).toEqual([
      text[0],
      text[1],
      textItem('.\n\nThe\u00a0very second, with '),
      ...text.slice(3, 5),
      expect.objectContaining({ type: 'mention', plain_text: '@Ada Lovelace' }),
      textItem('. Done.  '),
    ]);
  });

  it('gets what is typed beside what it has', async () => {
    const { rowId, tab } = makeRow({
      Description: [textItem('Bold', { bold: true })],
      Tags: ['Okoro, Mina'],
    });
    const before = await held(rowId);
    world.setPage({ url: tab.url, title: tab.title });
    await world.call({
      type: 'keep',
      saveId: `beside ${rowId}`,
      capture: { ...CAPTURE, url: tab.url, description: 'Beside', tags: ['plain'] },
      destinationId: dataSourceId,
      seek: true,
    });
    control().clearRequests();
    await settle();
    expect(sent(rowId).every((properties) => 'Description' in properties && 'Tags' in properties)).toBe(true);
    const after = await held(rowId);
    expect(after.Description?.rich_text).toEqual([
      textItem('Bold', { bold: true }),
      expect.objectContaining({ plain_text: '\nBeside' }),
    ]);
    expect(optionIds(after.Tags)).toEqual([...optionIds(before.Tags), expect.anything()]);
  });
});

const CAPTURE: Capture = { url: '', title: 'A title', description: '', tags: [], at: 0, origin: 'popup' };

describe('a value that was changed', () => {
  const open = async (values: RowPlan) => {
    const { rowId, tab } = makeRow(values);
    const popup = await openOn(world, tab);
    const kept = async () => {
      control().clearRequests();
      await popup.keep();
      await settle();
      return held(rowId);
    };
    return { popup, kept, rowId };
  };
  const text = () => [
    textItem('A '),
    textItem('bold', { bold: true }),
    textItem(' word, and '),
    userMention(),
    textItem('  end '),
  ];

  it('keeps the look of a text around each edit', async () => {
    const { popup, kept, rowId } = await open({ Name: text(), Words: text() });
    popup.enter({ title: 'Now a bold and new word, and @Ada Lovelace  at the end ' });
    const field = popup.fieldOf('Words');
    field.set({ kind: 'text', text: 'A bold word, and @Ada Lovelace  end!' });
    const after = await kept();
    expect(sent(rowId).map((properties) => Object.keys(properties).sort())).toEqual([['Name', 'Words']]);
    expect(after.Name?.title).toEqual([
      textItem('Now a '),
      textItem('bold', { bold: true }),
      textItem(' and new word, and '),
      expect.objectContaining({ type: 'mention', plain_text: '@Ada Lovelace' }),
      textItem('  at the end '),
    ]);
    expect(after.Words?.rich_text).toEqual([
      ...text().slice(0, 3),
      expect.objectContaining({ type: 'mention' }),
      textItem('  end!'),
    ]);
  });

  it('gets an address beside the uploads that there are', async () => {
    const upload = { name: 'report, final.pdf', type: 'file', file: { url: `${UPLOADS}/9/report.pdf` } };
    const link = { name: 'A paper', type: 'external', external: { url: 'https://example.org/paper.pdf' } };
    const { popup, kept, rowId } = await open({ Files: [upload, link] });
    const field = popup.fieldOf('Files');
    expect(list(field.value).map(({ name }) => name)).toEqual([
      'report, final.pdf',
      'https://example.org/paper.pdf',
    ]);
    field.set({ kind: 'list', items: [...list(field.value), { name: 'https://example.org/new.pdf' }] });
    const after = await kept();
    expect(sent(rowId).map((properties) => Object.keys(properties))).toEqual([['Files']]);
    expect(after.Files?.files).toEqual([
      upload,
      link,
      { name: 'new.pdf', type: 'external', external: { url: 'https://example.org/new.pdf' } },
    ]);
  });

  it('gets and loses options by their id, whatever they are called', async () => {
    const { popup, kept } = await open({ Several: ['Okoro, Mina', 'trailing '], Select: 'plain' });
    const several = popup.fieldOf('Several');
    several.set({ kind: 'list', items: [...list(several.value).slice(1), { name: ' leading' }] });
    popup.fieldOf('Select').set({ kind: 'list', items: [{ name: 'Okoro, Mina' }] });
    const after = await kept();
    expect(after.Several?.multi_select).toMatchObject([{ name: 'trailing ' }, { name: ' leading' }]);
    expect(after.Select?.select).toMatchObject({ name: 'Okoro, Mina' });
  });

  it('keeps the beginning of a range whose end is changed', async () => {
    const when = {
      start: '2026-05-03T14:30:45.123+02:00',
      end: '2026-05-04T09:00:00.000+02:00',
      time_zone: null,
    };
    const { popup, kept } = await open({ When: when });
    const { value, set } = popup.fieldOf('When');
    expect(value).toEqual({ kind: 'date', start: when.start, end: when.end, timeZone: null });
    set({ ...value, end: '2026-05-05T10:00:00+02:00' } as Value);
    expect((await kept()).When?.date).toEqual({ ...when, end: '2026-05-05T10:00:00+02:00' });
  });

  it('is told by its own title, and only shown where Notion tells its beginning alone', async () => {
    const few = await open({ Projects: ids.projects.slice(1, 3) });
    const { value, fixed } = few.popup.fieldOf('Projects');
    expect(fixed).toBeNull();
    expect(list(value)).toEqual(ids.projects.slice(1, 3).map((id) => ({ name: '', id })));
    const [, id = ''] = ids.projects;
    const { botId } = destination() as unknown as { botId: string };
    expect(await world.call({ type: 'name-page', botId, pageId: id })).toEqual({
      ok: true,
      value: 'Project 1',
    });
    expect(await world.call({ type: 'name-page', botId, pageId: crypto.randomUUID() })).toEqual({
      ok: true,
      value: null,
    });
    const many = await open({ Projects: ids.projects, People: Array<string>(30).fill(ids.person) });
    expect(many.popup.fieldOf('Projects').fixed).toBe('partial');
    expect(many.popup.fieldOf('People').fixed).toBe('partial');
  });
});

const optionIds = (value: Properties[string] | undefined): unknown[] =>
  ((value?.multi_select ?? []) as { id: string }[]).map(({ id }) => id);

const fieldIf = (popup: Awaited<ReturnType<typeof openOn>>, name: string) => {
  try {
    return popup.fieldOf(name);
  } catch {
    return null;
  }
};

const list = (value: Value) => (value.kind === 'list' ? value.items : []);

/** Another value for each. */
const CHANGES: Record<string, (value: Value) => Value> = {
  Words: (value) => ({ kind: 'text', text: `First. ${value.kind === 'text' ? value.text : ''}` }),
  Number: () => ({ kind: 'text', text: '12.5' }),
  Homepage: () => ({ kind: 'text', text: 'https://example.com/new' }),
  Email: () => ({ kind: 'text', text: 'new@example.com' }),
  Phone: () => ({ kind: 'text', text: '123' }),
  Select: () => ({ kind: 'list', items: [{ name: 'Okoro, Mina' }] }),
  Several: (value) => ({ kind: 'list', items: [...list(value).slice(1), { name: 'fresh' }] }),
  Status: () => ({ kind: 'text', text: 'Done' }),
  When: () => ({ kind: 'date', start: '2027-01-01', end: null, timeZone: null }),
  Check: (value) => ({ kind: 'flag', on: !(value.kind === 'flag' && value.on) }),
  People: () => ({ kind: 'list', items: [] }),
  Files: (value) => ({
    kind: 'list',
    items: [...list(value).slice(1), { name: 'https://example.org/new.pdf' }],
  }),
  Projects: (value) => ({ kind: 'list', items: list(value).slice(1) }),
};

/** A moment with an offset beside a zone goes back as the time of day in that zone. */
function normalised(properties: Properties): Properties {
  const text = JSON.stringify(properties).replaceAll(/-05:00(?=",|"\}| →)/g, '');
  return JSON.parse(text) as Properties;
}
