/** Every state the pages can be in: how the world stands, and what is done to get there. */
import type { Page } from 'playwright-core';
import type { PageContent } from '../../../src/core/content/page-content.ts';
import type { PreviewLine } from '../../../src/core/content/preview.ts';
import {
  type CatalogEntry,
  type Destination,
  OPTION_COLORS,
} from '../../../src/core/database/destination.ts';
import { type Failure, failure } from '../../../src/core/failure.ts';
import type { Job } from '../../../src/core/library/job.ts';
import { newSave } from '../../../src/core/save/new-save.ts';
import { summarize } from '../../../src/core/save/outbox.ts';
import type { Save } from '../../../src/core/save/record.ts';
import { isFinished } from '../../../src/core/save/standing.ts';
import { statusOf } from '../../../src/core/saved-rows/status.ts';
import type { Scenario } from './fake-client.ts';
import type { PageName } from './ui-pages.ts';

export type State = {
  name: string;
  page: PageName;
  scenario: Scenario;
  /** What its address ends with. */
  query?: string;
  /** What the user does to get there. */
  steps?: (page: Page) => Promise<unknown>;
};

export const TAB = {
  id: 7,
  url: 'https://example.org/history/maxwell',
  title: 'How four equations came to be',
};

export const PAGE = {
  url: TAB.url,
  title: TAB.title,
  selection: '',
  meta: {
    description: "A short history of Maxwell's equations, from Faraday's lines to Heaviside's notation.",
  },
};

const AT = Date.UTC(2026, 10, 21, 7);

const NAMES = [
  'history',
  'physics',
  'mathematics',
  'magnetism',
  'to read',
  'JavaScript',
  'Kochbuch',
  'تاريخ',
  '歴史',
  'essays',
];

export const OPTIONS = NAMES.map((name, index) => ({
  id: `option-${index}`,
  name,
  color: OPTION_COLORS[(index + 5) % OPTION_COLORS.length] ?? 'default',
}));

export const CONNECTION = {
  botId: 'bot',
  workspaceId: 'workspace',
  workspaceName: 'Ada’s Notion',
  workspaceIcon: '🪐',
  ownerName: 'Ada Lovelace',
  connectedAt: AT,
  status: 'ok',
} as const;

const entry = (id: string, title: string, emoji: string | null): CatalogEntry => ({
  id,
  botId: 'bot',
  title,
  icon: emoji === null ? null : { emoji },
  url: `https://www.notion.so/${id}`,
});

export const ENTRIES = [
  entry('reading', 'Reading list', '📚'),
  entry('recipes', 'Recipes', '🍲'),
  entry(
    'long',
    'Everything that anybody in the team ever wanted to keep, in one place, sorted by nobody',
    '🗄️',
  ),
  entry('plain', '', null),
];

const [READING] = ENTRIES;
if (!READING) throw new Error('There is no database.');

export const destination = (mapping: Partial<Destination['mapping']> = {}): Destination => ({
  ...READING,
  properties: [
    { id: 'title', name: 'Name', type: 'title' },
    { id: 'u', name: 'URL', type: 'url' },
    { id: 't', name: 'Tags', type: 'multi_select', options: OPTIONS },
    { id: 'd', name: 'Description', type: 'rich_text' },
  ],
  mapping: { title: 'title', url: 'u', tags: 't', description: 'd', savedOn: null, ...mapping },
  readAt: AT,
});

const colored = (name: string, index: number) => ({
  id: `${name}-id`,
  name,
  color: OPTION_COLORS[(index + 3) % OPTION_COLORS.length] ?? 'default',
});

/** A database with a property of each type that can be written. */
export const WITH_ALL_TYPES: Destination = {
  ...destination(),
  properties: [
    ...destination().properties,
    {
      id: 'st',
      name: 'Status',
      type: 'status',
      options: ['To read', 'Reading', 'Read'].map(colored),
      groups: [
        { name: 'To-do', optionIds: ['To read-id'] },
        { name: 'In progress', optionIds: ['Reading-id'] },
        { name: 'Complete', optionIds: ['Read-id'] },
      ],
    },
    { id: 'k', name: 'Kind', type: 'select', options: ['Article', 'Book', 'Talk'].map(colored) },
    { id: 'm', name: 'Moods', type: 'multi_select', options: ['calm', 'dense'].map(colored) },
    { id: 'day', name: 'Read by', type: 'date' },
    { id: 'c', name: 'Worth keeping', type: 'checkbox' },
    { id: 'n', name: 'Pages', type: 'number' },
    { id: 'r', name: 'Remarks', type: 'rich_text' },
    { id: 'l', name: 'Archive link', type: 'url' },
    { id: 'e', name: 'E-mail', type: 'email' },
    { id: 'p', name: 'Phone', type: 'phone_number' },
    { id: 'w', name: 'Who', type: 'people' },
    { id: 'rel', name: 'Project', type: 'relation', relatedTo: 'projects' },
    { id: 'f', name: 'Files', type: 'files' },
    { id: 'x', name: 'Formula', type: 'formula' },
    { id: 'y', name: 'From the future', type: 'hologram' },
  ],
};

/** All of them in the form. */
export const ALL_SHOWN = {
  'destination:reading': WITH_ALL_TYPES,
  'form:reading': {
    version: 1,
    mapping: {},
    shown: ['st', 'k', 'm', 'day', 'c', 'n', 'r', 'l', 'e', 'p', 'w', 'rel', 'f'],
    starts: {},
  },
};

/** Connected, with a database chosen. */
export const READY = {
  settings: { version: 1, destinationId: 'reading' },
  connections: { bot: CONNECTION },
  catalog: {
    entries: ENTRIES,
    pages: [
      { id: 'home', botId: 'bot', title: 'Home', icon: { emoji: '🏠' } },
      { id: 'notes', botId: 'bot', title: 'Notes', icon: null },
    ],
    readAt: AT,
  },
  'destination:reading': destination(),
};

export const SCENARIO: Scenario = { stored: READY, tab: TAB, page: PAGE };

const with_ = (stored: Record<string, unknown>, more: Scenario = {}): Scenario => ({
  ...SCENARIO,
  ...more,
  stored: { ...READY, ...stored },
});

export const savedBefore = (id: string, change: Partial<Save>, url = TAB.url): Save => ({
  ...newSave(
    id,
    {
      url,
      title: 'How four equations came to be',
      description: 'Kept before.',
      tags: ['physics'],
      at: AT,
      origin: 'popup',
    },
    'reading',
    'bot',
    AT,
  ),
  ...change,
});

/** The records of these saves. */
export const outboxOf = (...saves: Save[]): Record<string, unknown> => ({
  outbox: summarize(saves, saves.filter(isFinished).reverse()),
  ...Object.fromEntries(saves.map((save) => [`save:${save.id}`, save])),
});

const needsYou = (why: Failure, change: Partial<Save> = {}, url = TAB.url): Save =>
  savedBefore('old', { state: 'needs-you', failure: why, ...change }, url);

const ROW = { id: 'r', url: 'https://www.notion.so/r' };

/** What a page says, of which two pictures could not be saved. */
const ARTICLE: PageContent = {
  id: 'article',
  kind: 'article',
  parts: [100, 100, 40],
  counts: { words: 1240, pictures: 6, code: 3, tables: 1 },
  left: { pictures: 2 },
};

const PREVIEW: readonly PreviewLine[] = [
  { kind: 'heading', words: 'On physical lines of force', depth: 0 },
  {
    kind: 'text',
    words:
      'In all phenomena involving attractions or repulsions, or any forces depending on the relative position of bodies, we have to determine the magnitude and direction of the force.',
    depth: 0,
  },
  { kind: 'picture', words: 'Vortices, with idle wheels between them', depth: 0 },
  { kind: 'item', words: 'The effect depends on the strength of the current', depth: 0 },
  { kind: 'item', words: 'and on the form of the circuit', depth: 1 },
  { kind: 'code', words: 'curl(B) == mu * J', depth: 0 },
  { kind: 'quote', words: 'خطوط القوة', depth: 0 },
  { kind: 'rule', words: '', depth: 0 },
  { kind: 'media', words: 'https://example.org/lecture', depth: 0 },
  { kind: 'more', words: '', depth: 0, count: 112 },
];

/** A save whose row is not where it was. */
export const rowLost = (code: 'row-in-trash' | 'row-gone', change: Partial<Save> = {}): Save => {
  const { capture } = savedBefore('old', {});
  const written = { ...capture, tags: [] };
  return savedBefore('old', { state: 'needs-you', failure: failure(code), row: ROW, written, ...change });
};

/** A save that Notion asks to wait with for so long, in milliseconds. */
export const heldFor = (wait: number, change: Partial<Save> = {}): Save =>
  savedBefore('old', {
    failure: failure('rate-limited', { retryAfter: wait / 1000 }),
    dueAt: Date.now() + wait,
    ...change,
  });

/** A preset of this site whose database nobody knows any more. */
export const GONE_PRESET: Scenario = {
  ...SCENARIO,
  stored: {
    ...READY,
    presets: {
      version: 1,
      presets: [
        {
          id: 'cook',
          name: 'Cooking',
          destinationId: 'gone',
          beginning: { starts: {}, tags: ['cooked'] },
          key: null,
          sites: ['example.org'],
        },
      ],
    },
  },
};

/** Notion has more than its lists were read for. */
export const CUT: Scenario = {
  ...SCENARIO,
  stored: { ...READY, catalog: { ...READY.catalog, isCut: true, arePagesCut: true } },
};

const OTHERS = outboxOf(
  needsYou(failure('not-shared'), { id: 'a' }, 'https://example.org/1'),
  savedBefore('b', {
    failure: failure('offline'),
    capture: { ...savedBefore('b', {}).capture, title: 'Tides, by brass wheels' },
  }),
  savedBefore('c', {
    state: 'checking',
    sentAt: AT,
    capture: {
      ...savedBefore('c', {}).capture,
      title: '',
      url: 'https://example.org/a/very/long/path/that/goes/on',
    },
  }),
  needsYou(
    failure('values-refused', { detail: 'Tags is expected to be multi_select.' }),
    { id: 'd' },
    'https://example.org/2',
  ),
);

const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();
const status = (page: Page, words: string) => page.getByRole('status').getByText(words).waitFor();

async function saved(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Tags' }).fill('history, physics,');
  await save(page);
  await status(page, 'Kept on this device');
  await page.evaluate(() => {
    rowmark.move({ type: 'claimed', at: Date.now() });
    rowmark.move({ type: 'created', at: Date.now(), row: { id: 'r', url: 'https://www.notion.so/r' } });
  });
  await status(page, 'Saved to Notion');
}

/** Sends it, and this comes of it. */
const refusedWith = (why: Failure) => async (page: Page) => {
  await save(page);
  await status(page, 'Kept on this device');
  await page.evaluate((failed) => {
    rowmark.move({ type: 'claimed', at: Date.now() });
    rowmark.move({ type: 'refused', at: Date.now(), failure: failed, jitter: 0 });
  }, why);
  await page.getByRole('alert').waitFor();
};

const popup = (name: string, scenario: Scenario, steps?: State['steps']): State => ({
  name: `popup ${name}`,
  page: 'popup',
  scenario,
  ...(steps ? { steps } : {}),
});
const options = (name: string, scenario: Scenario, steps?: State['steps']): State => ({
  name: `options ${name}`,
  page: 'options',
  scenario,
  ...(steps ? { steps } : {}),
});

/** Two workspaces with databases that are called the same, and a database of several data sources. */
const ALIKE = {
  connections: {
    bot: CONNECTION,
    other: { ...CONNECTION, botId: 'other', workspaceId: 'w2', workspaceName: 'The Analytical Society' },
  },
  catalog: {
    ...READY.catalog,
    entries: [
      ...ENTRIES,
      { ...entry('same', 'Reading list', '📖'), botId: 'other' },
      { ...entry('people', 'People', '📇'), databaseId: 'd', databaseTitle: 'Contacts' },
      { ...entry('places', 'Places', '📇'), databaseId: 'd', databaseTitle: 'Contacts' },
      { ...entry('arabic', 'مكتبة', null), botId: 'other' },
      ...Array.from({ length: 8 }, (_, index) => entry(`e${index}`, `Database ${index}`, null)),
    ],
  },
};

const openDatabases = async (page: Page, typed: string) => {
  const field = page.getByRole('combobox', { name: 'Database' });
  await field.click();
  await field.pressSequentially(typed);
  await page.locator('.databases').waitFor();
};

const typeInTitle = async (page: Page, words: string) => {
  await page.getByRole('textbox', { name: 'Title' }).press('Control+End');
  await page.keyboard.type(words);
  await page.getByRole('listbox').getByRole('option', { selected: true }).waitFor();
};

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();
const pressAndBeTold = (name: string, words: string) => async (page: Page) => {
  await press(name)(page);
  await page.getByText(words).first().waitFor();
};

/** Drops a file onto the page. */
export const drop = (page: Page, content: string): Promise<void> =>
  page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'bookmarks.html'));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, content);

/** A file with all that there is to tell of one. */
export const LIBRARY = `<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>
<DT><H3>Work</H3><DL><p>
<DT><A HREF="https://example.org/tides" ADD_DATE="1700000000" TAGS="physics,sea" TOREAD="1">How tides were predicted</A>
<DT><A HREF="https://example.org/tides#" TAGS="history">The same again</A>
<DT><A HREF="https://example.org/known">What is there</A></DL><p>
<DT><A HREF="javascript:void 0">A tool</A>
<DT><A HREF="https://example.org/a/very/long/address/that/goes/on/and/on/until/nobody/reads/it?with=more&and=more"></A>
<DT><A HREF="https://example.org/4" ADD_DATE="1700000001">גאות ושפל</A></DL>`;

/** A window with one tab of each kind. */
export const MANY_TABS: Scenario = {
  stored: {
    ...READY,
    presets: {
      version: 1,
      presets: [
        {
          id: 'p',
          name: 'Read later',
          destinationId: 'reading',
          beginning: { starts: {} },
          key: '1',
          sites: [],
        },
      ],
    },
  },
  areTabsSeen: true,
  savedUrls: ['https://example.org/known'],
  tabs: [
    ['https://mail.example.org/', 'Mail', true],
    [
      'https://example.org/tides',
      'How tides were predicted before computers, and who turned the wheels',
      false,
      7,
    ],
    [
      'https://example.org/a/very/long/address/that/goes/on/and/on/until/nobody/reads/it?with=more&and=more',
      '',
      false,
      7,
    ],
    ['https://example.org/known', 'What is in Notion already'],
    ['https://example.org/tides#part', 'How tides were predicted before computers'],
    ['chrome://settings/', 'Settings'],
    ['https://example.org/עברית', 'גאות ושפל'],
  ].map(([url = '', title = '', isPinned = false, groupId = null], at) => ({
    ...{ id: at + 1, url: String(url), title: String(title) },
    ...{ isPinned: isPinned === true, groupId: typeof groupId === 'number' ? groupId : null },
    // The third sleeps.
    isLoaded: at !== 2,
  })),
};
/** Opened from the second tab, with three selected. */
export const ABOUT_TABS = '?window=1&tab=2&selected=2.3.4';

const job = (more: Partial<Job>): Job => ({
  ...{
    version: 1,
    id: 'job',
    name: 'bookmarks.html',
    destinationId: 'reading',
    state: 'running',
    failure: null,
  },
  ...{ startedAt: AT, counts: { waiting: 960, 'under-way': 20, made: 240, there: 15, refused: 5 } },
  places: {
    ...{
      created: null,
      folder: null,
      unread: null,
      archived: null,
      favourite: null,
      makesTags: true,
      tags: [],
    },
  },
  ...more,
});

export const STATES: State[] = [
  { name: 'import', page: 'import', scenario: { stored: READY } },
  {
    name: 'import, what was found',
    page: 'import',
    scenario: {
      stored: { ...READY, 'destination:reading': WITH_ALL_TYPES },
      savedUrls: ['https://example.org/known'],
    },
    async steps(page) {
      await drop(page, LIBRARY);
      await page.getByText('Pages found: 4').waitFor();
      await page.getByText("What can't be imported").click();
    },
  },
  {
    name: 'import, into a database',
    page: 'import',
    scenario: {
      stored: { ...READY, 'destination:reading': WITH_ALL_TYPES },
      savedUrls: ['https://example.org/known'],
      rowIndexes: { reading: { ...statusOf(true, null), rows: 1_200, underWay: true } },
    },
    async steps(page) {
      await drop(page, LIBRARY);
      await page.getByText('Pages found: 4').waitFor();
      await page.getByRole('combobox', { name: 'Database' }).selectOption({ index: 1 });
      await page.getByText('Rows so far').waitFor();
    },
  },
  {
    name: 'import, nothing found',
    page: 'import',
    scenario: { stored: READY },
    async steps(page) {
      await drop(page, 'Dear Ida, the tide was high.');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'import running, paused and done',
    page: 'import',
    scenario: {
      stored: READY,
      jobs: [
        job({}),
        job({ id: 'held', state: 'paused', failure: failure('not-shared') }),
        job({ id: 'done', state: 'done', ownsDatabase: true, counts: { made: 1240, refused: 1 } }),
        job({ id: 'undoing', state: 'undoing', counts: { made: 200, undoing: 20, undone: 1020 } }),
      ],
      entries: [
        {
          ...{ number: 7, state: 'refused', row: null, why: failure('values-refused') },
          item: {
            ...{ url: 'https://example.org/tides', title: 'How tides work', tags: [], created: null },
            ...{ note: null, excerpt: null, folder: [], unread: null, archived: null, favourite: null },
            highlights: [],
          },
        },
      ],
    },
    async steps(page) {
      await page.getByText('Undo all').first().waitFor();
      await page.getByText('What Notion refused').last().click();
    },
  },
  { name: 'tabs not seen', page: 'tabs', scenario: { ...MANY_TABS, areTabsSeen: false } },
  {
    name: 'tabs refused',
    page: 'tabs',
    scenario: { ...MANY_TABS, areTabsSeen: false, tabsAllowed: false },
    async steps(page) {
      await page.getByRole('button', { name: 'Show my tabs' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'tabs',
    page: 'tabs',
    scenario: MANY_TABS,
    query: ABOUT_TABS,
    steps: (page) => page.getByText('In Notion', { exact: true }).waitFor(),
  },
  {
    name: 'tabs kept',
    page: 'tabs',
    scenario: MANY_TABS,
    query: ABOUT_TABS,
    async steps(page) {
      await page.getByRole('checkbox', { name: 'Close them once they are kept on this device' }).check();
      await page.getByRole('button', { name: /^Save \d+ tabs$/ }).click();
      await page.getByText('tabs are kept').waitFor();
    },
  },
  {
    name: 'tabs not kept',
    page: 'tabs',
    scenario: { ...MANY_TABS, failing: { 'save-tabs': failure('storage-full') } },
    query: ABOUT_TABS,
    async steps(page) {
      await page.getByRole('button', { name: /^Save \d+ tabs$/ }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'tags proposed',
    page: 'popup',
    scenario: {
      ...SCENARIO,
      learned: {
        reading: Array.from({ length: 12 }, (_, at) => ({
          ...{ id: `row ${at}`, at: at * 3_600_000, url: `https://example.org/history/${at}` },
          ...{ title: `${TAB.title} ${PAGE.meta.description}`, tags: ['physics', 'magnetism', 'history'] },
        })),
      },
    },
    steps: (page) => page.getByRole('group', { name: 'Proposed tags' }).waitFor(),
  },
  {
    name: 'all-properties',
    page: 'popup',
    scenario: { ...SCENARIO, stored: { ...READY, ...ALL_SHOWN } },
    steps: (page) => page.getByLabel('Status', { exact: true }).waitFor(),
  },
  {
    name: 'some-properties',
    page: 'popup',
    scenario: { ...SCENARIO, stored: { ...READY, 'destination:reading': WITH_ALL_TYPES } },
    steps: (page) => page.getByLabel('Status', { exact: true }).waitFor(),
  },
  {
    name: 'properties',
    page: 'options',
    scenario: {
      stored: {
        ...READY,
        ...ALL_SHOWN,
        'form:reading': {
          ...ALL_SHOWN['form:reading'],
          shown: ['st', 'k', 'day'],
          starts: { st: { from: 'fixed', value: { kind: 'text', text: 'To read' } }, r: { from: 'author' } },
        },
        ...outboxOf(
          savedBefore('w', { state: 'needs-you', failure: failure('values-refused') }),
          savedBefore('i', { state: 'in-notion', row: { id: 'r', url: 'https://www.notion.so/r' } }),
        ),
      },
    },
  },
  popup(
    'already in Notion',
    {
      ...SCENARIO,
      saved: {
        kind: 'row',
        row: { id: 'r', url: 'https://www.notion.so/r' },
        held: {
          url: TAB.url,
          title: 'As it was named then',
          description: 'Of old.',
          tags: ['physics'],
          at: AT,
          origin: 'import',
        },
      },
    },
    async (page) => page.getByText('Already in Notion').waitFor(),
  ),
  popup(
    'in the place of a toast',
    {
      ...SCENARIO,
      stored: {
        ...READY,
        ...outboxOf(
          savedBefore('q', { state: 'in-notion', row: { id: 'r', url: 'https://www.notion.so/r' } }),
        ),
      },
      subject: { saveId: 'q', isAgain: false, at: AT },
    },
    (page) => status(page, 'Saved to Notion'),
  ),
  popup(
    'address cleaned',
    {
      ...SCENARIO,
      tab: { ...TAB, url: `${TAB.url}?utm_source=feed` },
      page: { ...PAGE, url: `${TAB.url}?utm_source=feed` },
    },
    async (page) => page.getByText('Address cleaned').waitFor(),
  ),
  popup('welcome', { tab: TAB }),
  popup('form', SCENARIO),
  popup(
    'form, long and mixed',
    with_(
      { ...OTHERS, settings: { version: 1, destinationId: 'long' } },
      {
        tab: {
          ...TAB,
          title: 'مقدمة في تاريخ العلم — a title that goes on and on over several lines, as titles do 🌊',
        },
        page: {
          ...PAGE,
          title: 'مقدمة في تاريخ العلم — a title that goes on and on over several lines, as titles do 🌊',
        },
      },
    ),
    (page) =>
      page
        .getByRole('combobox', { name: 'Tags' })
        .fill('history, physics, JavaScript, تاريخ, a rather long tag of several words, to read,'),
  ),
  popup('with an article', { ...SCENARIO, content: ARTICLE }, async (page) => {
    await page.getByRole('combobox', { name: 'Page content' }).selectOption('Article');
    await page.getByText('1,240 words').waitFor();
  }),
  popup(
    'with the preview of an article',
    { ...SCENARIO, content: ARTICLE, preview: PREVIEW },
    async (page) => {
      await page.getByRole('combobox', { name: 'Page content' }).selectOption('Article');
      await page.getByText('Preview').click();
      await page.getByText('And 112 more blocks').waitFor();
    },
  ),
  popup('without an article', SCENARIO, async (page) => {
    await page.getByRole('combobox', { name: 'Page content' }).selectOption('Article');
    await page.getByText('No article was found here').waitFor();
  }),
  popup('reading an article', { ...SCENARIO, silent: ['read-content'] }, async (page) => {
    await page.getByRole('combobox', { name: 'Page content' }).selectOption('Article');
    await page.getByText('Reading the page').waitFor();
  }),
  popup('with an article on its way', { ...SCENARIO, content: ARTICLE }, async (page) => {
    await page.getByRole('combobox', { name: 'Page content' }).selectOption('Article');
    await page.getByText('1,240 words').waitFor();
    await saved(page);
    await page.getByText('part 1 of 3').waitFor();
  }),
  options(
    'articles on their way',
    with_(
      outboxOf(
        savedBefore('f', {
          state: 'in-notion',
          row: ROW,
          page: ARTICLE,
          content: { blocks: [], sent: 0, part: 1 },
        }),
        savedBefore('g', { state: 'in-notion', row: ROW, page: ARTICLE }),
        savedBefore('h', { state: 'in-notion', row: ROW, isPageUnread: true }),
      ),
    ),
    (page) => page.getByText('part 2 of 3').waitFor(),
  ),
  popup('list of tags', SCENARIO, async (page) => {
    const tags = page.getByRole('combobox', { name: 'Tags' });
    await tags.fill('history, physics,');
    await tags.pressSequentially('ma');
    await page.getByRole('listbox').waitFor();
  }),
  popup('list of all tags', SCENARIO, async (page) => {
    await page.getByRole('combobox', { name: 'Tags' }).press('ArrowDown');
    await page.getByRole('listbox').waitFor();
  }),
  popup('names for the title', SCENARIO, (page) => typeInTitle(page, ' #ma')),
  popup('databases for the title', with_(ALIKE), (page) => typeInTitle(page, ', in four acts @read')),
  popup('list of databases', with_(ALIKE), (page) => openDatabases(page, '')),
  popup('databases found by typing', with_(ALIKE), (page) => openDatabases(page, 'reading')),
  popup('no database found', SCENARIO, (page) => openDatabases(page, 'nothing like it')),
  popup('database without tags', with_({ 'destination:reading': destination({ tags: null }) }), (page) =>
    page.locator('#tags').fill('history,'),
  ),
  popup('no database', with_({ settings: { version: 1, destinationId: null } })),
  popup('no database to choose', {
    ...SCENARIO,
    stored: { connections: { bot: CONNECTION } },
  }),
  popup('not savable', with_({}, { tab: { id: 7, url: 'chrome://newtab/', title: 'New Tab' } })),
  popup('connection ended', with_({ connections: { bot: { ...CONNECTION, status: 'refused' } } })),
  popup('unreadable', with_({ settings: 'what?' })),
  popup('keeping', { ...SCENARIO, silent: ['keep'] }, save),
  popup('not kept', { ...SCENARIO, failing: { keep: failure('storage-full') } }, async (page) => {
    await save(page);
    await page.getByRole('alert').waitFor();
  }),
  popup('kept', SCENARIO, async (page) => {
    await page.getByRole('combobox', { name: 'Tags' }).fill('history, physics,');
    await save(page);
    await status(page, 'Kept on this device');
  }),
  popup('offline', SCENARIO, refusedWith(failure('offline'))),
  popup('checking', SCENARIO, async (page) => {
    await save(page);
    await status(page, 'Kept on this device');
    await page.evaluate(() => {
      rowmark.move({ type: 'claimed', at: Date.now() });
      rowmark.move({ type: 'unsure', at: Date.now(), failure: { code: 'timed-out' }, jitter: 0 });
    });
    await page.getByRole('alert').waitFor();
  }),
  popup('saved', SCENARIO, saved),
  popup('saved, perhaps twice', SCENARIO, async (page) => {
    await save(page);
    await status(page, 'Kept on this device');
    await page.evaluate(() => {
      const at = Date.now();
      const row = { id: 'r', url: 'https://www.notion.so/r' };
      rowmark.move({ type: 'claimed', at });
      rowmark.move({ type: 'created', at, row, doubt: { madeAt: at, lookedAt: null } });
      const suspects = [{ id: 'd', url: 'https://www.notion.so/d' }];
      rowmark.move({ type: 'verified', at, asOf: at, doubles: [], suspects });
    });
    await page.getByText('There may be a second row').waitFor();
  }),
  popup('undoing', SCENARIO, async (page) => {
    await saved(page);
    await press('Undo')(page);
    await status(page, 'Undoing');
  }),
  popup('undone', SCENARIO, async (page) => {
    await save(page);
    await press('Undo')(page);
    await status(page, 'Undone');
  }),
  popup('not shared', SCENARIO, refusedWith(failure('not-shared'))),
  popup('revoked', SCENARIO, refusedWith(failure('reconnect-needed'))),
  popup(
    'value refused',
    SCENARIO,
    refusedWith(failure('values-refused', { detail: 'Tags is expected to be multi_select.' })),
  ),
  popup('row in the trash', with_(outboxOf(rowLost('row-in-trash')))),
  popup('row gone', with_(outboxOf(rowLost('row-gone')))),
  popup('row gone and undone', with_(outboxOf(rowLost('row-in-trash'))), async (page) => {
    await press('Undo')(page);
    await page.evaluate(
      (why) => rowmark.move({ type: 'refused', at: Date.now(), failure: why, jitter: 0 }),
      failure('row-gone'),
    );
    await status(page, 'nothing of it was undone');
  }),
  popup('preset of a site whose database is gone', GONE_PRESET, (page) => page.getByRole('alert').waitFor()),
  popup('more databases than are listed', CUT, (page) => openDatabases(page, '')),
  popup('database in the trash', SCENARIO, refusedWith(failure('database-in-trash'))),
  popup('database unknown', SCENARIO, refusedWith(failure('database-unknown'))),
  popup('to wait for an hour', SCENARIO, refusedWith(failure('rate-limited', { retryAfter: 3600 }))),
  popup('taken up again', with_(outboxOf(needsYou(failure('capability-missing'))))),
  popup('unsure and needs you', with_(outboxOf(needsYou(failure('reconnect-needed'), { sentAt: AT })))),

  options('welcome', {}),
  options(
    'sign-in cancelled',
    { signIn: { ok: false, failure: failure('sign-in-cancelled') } },
    pressAndBeTold('Connect to Notion', 'Sign-in was closed'),
  ),
  options(
    'sign-in failed',
    { failing: { 'finish-sign-in': failure('endpoint-unavailable') } },
    pressAndBeTold('Connect to Notion', 'sign-in service'),
  ),
  options(
    'signing in',
    { silent: ['start-sign-in'] },
    pressAndBeTold('Connect to Notion', 'Waiting for Notion'),
  ),
  options('just connected', { connected: READY }, pressAndBeTold('Connect to Notion', 'Connected to')),
  options(
    'just connected, nothing chosen',
    { connected: { ...READY, settings: { version: 1, destinationId: null } } },
    pressAndBeTold('Connect to Notion', 'Connected to'),
  ),
  options('connected', with_({})),
  options(
    'saved, perhaps twice',
    with_(
      outboxOf(
        savedBefore('a', {
          state: 'in-notion',
          row: { id: 'r', url: 'https://www.notion.so/r' },
          repeats: { suspects: [{ id: 'd', url: 'https://www.notion.so/d' }] },
        }),
      ),
    ),
  ),
  options('nothing shared', {
    stored: { connections: { bot: CONNECTION }, catalog: { entries: [], pages: [], readAt: AT } },
  }),
  options(
    'many databases, two workspaces',
    with_({
      connections: {
        bot: { ...CONNECTION, workspaceIcon: 'https://example.org/icon.png' },
        other: {
          ...CONNECTION,
          botId: 'other',
          workspaceId: 'w2',
          workspaceName: '',
          workspaceIcon: null,
          ownerName: null,
          connectedAt: AT + 1,
        },
      },
      catalog: {
        ...READY.catalog,
        entries: [
          ...ENTRIES,
          ...Array.from({ length: 20 }, (_, index) => ({
            ...entry(`e${index}`, `Database ${index}`, null),
            botId: index % 2 ? 'bot' : 'other',
          })),
        ],
      },
    }),
  ),
  options(
    'link not understood',
    with_({}, { failing: { 'open-link': failure('link-not-understood') } }),
    async (page) => {
      await page.getByLabel('Paste a link').fill('https://example.org/');
      await pressAndBeTold('Use link', 'That is no link')(page);
    },
  ),
  options(
    'presets and rows',
    with_({
      'destination:reading': {
        ...destination(),
        templates: [{ id: 't1', name: 'Article', isDefault: true }],
      },
      presets: {
        version: 1,
        presets: [
          {
            id: 'p1',
            name: 'Papers to read',
            destinationId: 'reading',
            beginning: { starts: {}, tags: ['physics', 'history'], template: 'default', cover: true },
            key: '1',
            sites: ['arxiv.org', 'github.com/*'],
          },
          {
            id: 'p2',
            name: 'Later',
            destinationId: 'reading',
            beginning: { starts: {} },
            key: null,
            sites: [],
          },
        ],
      },
      rowIndexes: {
        reading: {
          on: true,
          rows: 12_345,
          whole: true,
          underWay: false,
          refreshedAt: AT,
          unreadable: 0,
          gaps: 0,
          failure: null,
        },
      },
    }),
    async (page) => {
      await page.locator('.preset > summary').first().click();
      await page.getByText('All rows together').waitFor();
      await page.getByText('12,345 rows').waitFor();
    },
  ),
  options('database made', with_({}), pressAndBeTold('Create a bookmarks database', 'Created')),
  options(
    'list not read',
    with_({}, { failing: { 'refresh-catalog': failure('offline') } }),
    pressAndBeTold('Refresh', 'You are offline'),
  ),
  options('connection ended', with_({ connections: { bot: { ...CONNECTION, status: 'refused' } } })),
  options('saves waiting', with_(OTHERS)),
  options('more databases and pages than are listed', CUT),
  options(
    'saves waiting that cannot be tried',
    with_(
      outboxOf(
        { ...rowLost('row-in-trash'), id: 'trash' },
        { ...rowLost('row-gone'), id: 'gone' },
        heldFor(3_600_000, { id: 'held' }),
        savedBefore('behind', {}),
        {
          ...rowLost('row-in-trash', { state: 'undone', wanted: 'nothing', written: undefined }),
          id: 'undone',
        },
      ),
    ),
  ),
  options(
    'disconnected, not revoked',
    with_({}, { revoked: false }),
    pressAndBeTold('Disconnect', 'could not be told'),
  ),
  options(
    'no shortcuts',
    with_(
      {},
      {
        shortcuts: [
          { command: '_execute_action', shortcut: '' },
          { command: 'quick-save', shortcut: '' },
        ],
      },
    ),
  ),
  options('unreadable', with_({ outbox: 'what?' })),
];
