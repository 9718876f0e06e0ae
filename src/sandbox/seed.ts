/** What is in the workspace at the start. Ids depend on the sandbox's seed alone, so they survive a restart. */
import { type DataSourcePlan, makeDatabase } from './content.ts';
import { uuid } from './ids.ts';
import { type Connection, contentCapabilities } from './model.ts';
import { addPage } from './new-objects.ts';
import { text } from './rules/rich-text.ts';
import type { World } from './state.ts';
import { day } from './time.ts';

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

  const workspaceId = uuid(random);
  state.workspaces.set(workspaceId, {
    id: workspaceId,
    name: "Maxwell's Workspace",
    icon: '/_sandbox/workspace.svg',
  });
  const ada = uuid(random);
  state.people.set(ada, { id: ada, name: 'Ada Lovelace', email: 'ada@example.com', avatarUrl: null });
  state.connections.set(SANDBOX_CLIENT_ID, newConnection(redirectUris));

  const home = addPage(quiet, ada, {
    parent: { type: 'workspace' },
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
