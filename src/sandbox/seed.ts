/** What is in the workspaces at the start. Ids depend on the sandbox's seed alone, so they survive a restart. */
import { type DataSourcePlan, makeDatabase } from './content.ts';
import { uuid } from './ids.ts';
import { type Connection, contentCapabilities } from './model.ts';
import { addPage } from './new-objects.ts';
import { text } from './rules/rich-text.ts';
import type { World } from './state.ts';
import { day } from './time.ts';

/** The name of the workspace that is not preselected on the consent page. */
export const SECOND_WORKSPACE = 'The Analytical Society';

export const SANDBOX_CLIENT_ID = '2c5f7a10-1b7e-4f1c-9d39-6f0a4f0a5e77';
export const SANDBOX_CLIENT_SECRET = 'secret_sandbox_only_4TpXq0dM2vKc8RzNw7';

const readingList: DataSourcePlan = {
  properties: [
    { name: 'Name', type: 'title' },
    { name: 'URL', type: 'url' },
    {
      name: 'Tags',
      type: 'multi_select',
      options: [
        { name: 'history', color: 'green' },
        { name: 'physics', color: 'blue' },
        { name: 'mathematics', color: 'yellow' },
        { name: 'programming', color: 'purple' },
        { name: 'design', color: 'pink' },
        { name: 'long read', color: 'orange' },
        { name: 'reference', color: 'gray' },
        { name: 'urgent', color: 'red' },
      ],
    },
    {
      name: 'Status',
      type: 'status',
      options: [
        { name: 'To read', color: 'default', group: 'To-do' },
        { name: 'Reading', color: 'blue', group: 'In progress' },
        { name: 'Read', color: 'green', group: 'Complete' },
      ],
    },
    { name: 'Description', type: 'rich_text' },
    { name: 'Saved on', type: 'created_time' },
    { name: 'Title length', type: 'formula', settings: { expression: 'length(prop("Name"))' } },
    // A type no client has heard of: Notion adds types without a new API version.
    { name: 'Mood', type: 'sentiment', settings: { scale: 'calm_to_loud' } },
  ],
  templates: [
    { name: 'Article', isDefault: true },
    { name: 'Book', isDefault: false },
  ],
  rows: [
    {
      Name: 'On physical lines of force',
      URL: 'https://example.org/maxwell/lines-of-force',
      Tags: ['physics', 'history'],
      Status: 'Read',
      Description: 'Part one of the paper that gave the field its machinery.',
      Mood: { score: 0.8 },
    },
    {
      Name: 'Notes on the Analytical Engine',
      URL: 'https://example.com/lovelace/notes?edition=2',
      Tags: ['mathematics', 'programming', 'history'],
      Status: 'Reading',
      Description: 'Note G, and what the engine has no pretensions to do.',
    },
    {
      Name: 'A field guide to typefaces',
      URL: 'https://example.net/type',
      Tags: ['design', 'reference'],
      Status: 'To read',
    },
  ],
};

const recipes: DataSourcePlan = {
  properties: [
    { name: 'Gericht', type: 'title' },
    { name: 'Küche', type: 'select', options: ['Schwäbisch', { name: 'Italienisch', color: 'red' }] },
    { name: 'Minuten', type: 'number', settings: { format: 'number' } },
    { name: 'Ausprobiert', type: 'checkbox' },
    { name: 'Kochen', type: 'button' },
  ],
  rows: [{ Gericht: 'Käsespätzle', Küche: 'Schwäbisch', Minuten: 40, Ausprobiert: true }],
};

const people: DataSourcePlan = {
  name: 'People',
  properties: [
    { name: 'Name', type: 'title' },
    { name: 'Email', type: 'email' },
    { name: 'Website', type: 'url' },
  ],
};

const instruments: DataSourcePlan = {
  properties: [
    { name: 'Instrument', type: 'title' },
    { name: 'Page', type: 'url' },
    { name: 'Kind', type: 'multi_select', options: [{ name: 'optics', color: 'yellow' }, 'clocks'] },
  ],
  rows: [{ Instrument: 'Orrery', Page: 'https://example.org/orrery', Kind: ['clocks'] }],
};

const letters: DataSourcePlan = {
  name: 'Letters',
  properties: [
    { name: 'Subject', type: 'title' },
    { name: 'Link', type: 'url' },
  ],
};

const replies: DataSourcePlan = { ...letters, name: 'Replies' };

const places: DataSourcePlan = {
  name: 'Places',
  properties: [
    { name: 'Name', type: 'title' },
    { name: 'Link', type: 'url' },
    { name: 'Visited', type: 'date' },
  ],
};

export function seed(world: World, redirectUris: readonly string[]): void {
  const { state } = world;
  const random = world.random.fork('seed');
  const start = world.now() - 30 * day;
  const quiet: World = { ...world, random, now: () => start };

  // From a source of its own, so that the ids of the first do not depend on what is in it.
  const other: World = { ...quiet, random: world.random.fork('second workspace') };
  const maxwells = uuid(random);
  const society = uuid(other.random);
  const ada = uuid(random);
  const charles = uuid(other.random);
  const addWorkspace = (id: string, name: string, icon: string) =>
    state.workspaces.set(id, { id, name, icon });
  const addPerson = (id: string, name: string, email: string, workspaces: readonly string[]) =>
    state.people.set(id, { id, name, email, avatarUrl: null, workspaces });
  addWorkspace(maxwells, "Maxwell's Workspace", '/_sandbox/workspace.svg');
  addWorkspace(society, SECOND_WORKSPACE, '/_sandbox/second-workspace.svg');
  addPerson(ada, 'Ada Lovelace', 'ada@example.com', [maxwells, society]);
  addPerson(charles, 'Charles Babbage', 'charles@example.com', [society]);
  state.connections.set(SANDBOX_CLIENT_ID, newConnection(redirectUris));

  const home = addPage(quiet, ada, {
    parent: { type: 'workspace', id: maxwells },
    values: new Map([['title', text('Bookmarks home')]]),
    icon: { type: 'emoji', emoji: '🏡' },
  });
  addPage(quiet, ada, {
    parent: { type: 'page_id', id: home.id },
    values: new Map([['title', text('Ideas')]]),
  });
  makeDatabase(quiet, ada, { title: 'Reading list', icon: '📚', sources: [readingList] });
  makeDatabase(quiet, ada, { title: 'Recipes', icon: '🍲', sources: [recipes] });
  makeDatabase(quiet, ada, { title: 'Contacts', icon: '📇', sources: [people, places] });

  const top = { type: 'workspace', id: society } as const;
  const minutes = addPage(other, charles, {
    parent: top,
    values: new Map([['title', text('Minutes')]]),
    icon: { type: 'emoji', emoji: '🕯️' },
  });
  makeDatabase(other, charles, { title: 'Instruments', icon: '🔭', parent: top, sources: [instruments] });
  makeDatabase(other, charles, {
    title: 'Correspondence',
    icon: '✉️',
    parent: { type: 'page_id', id: minutes.id },
    sources: [letters, replies],
  });
}

export const newConnection = (redirectUris: readonly string[]): Connection => ({
  clientId: SANDBOX_CLIENT_ID,
  clientSecret: SANDBOX_CLIENT_SECRET,
  name: 'Rowmark',
  redirectUris: [...redirectUris],
  capabilities: new Set(contentCapabilities),
  userInformation: 'with_email',
  offersTemplate: true,
});
