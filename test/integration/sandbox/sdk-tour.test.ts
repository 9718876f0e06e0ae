/** The official SDK, which nobody here wrote, goes through the sandbox over a real connection. */
import { APIErrorCode, Client, isFullPage, LogLevel } from '@notionhq/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type RunningSandbox,
  SANDBOX_CLIENT_ID,
  SANDBOX_CLIENT_SECRET,
  startSandbox,
} from '../../../src/sandbox/node.ts';
import { redirectUri } from './api-calls.ts';

let running: RunningSandbox;
let notion: Client;

beforeAll(async () => {
  running = await startSandbox({ redirectUris: [redirectUri] });
  const { accessToken } = running.sandbox.control.mint();
  notion = clientWith(accessToken);
});
afterAll(() => running.close());

const clientWith = (auth?: string) =>
  new Client({
    ...(auth === undefined ? {} : { auth }),
    baseUrl: running.origin,
    notionVersion: '2026-03-11',
    retry: false,
    logLevel: LogLevel.ERROR,
  });

test('a row is listed, read, created, queried, updated, trashed and restored', async () => {
  const found = await notion.search({
    query: 'reading',
    filter: { property: 'object', value: 'data_source' },
  });
  const source = found.results.find((each) => each.object === 'data_source');
  if (source?.object !== 'data_source' || !('title' in source)) throw new Error('No data source found');

  const schema = await notion.dataSources.retrieve({ data_source_id: source.id });
  const columns = schema.properties;
  const idOf = (name: string) => columns[name]?.id ?? '';
  expect(Object.values(columns).map(({ type }) => type)).toEqual(
    expect.arrayContaining(['title', 'url', 'multi_select', 'status', 'rich_text', 'created_time']),
  );
  expect(idOf('Name')).toBe('title');

  const created = await notion.pages.create({
    parent: { data_source_id: source.id },
    icon: { emoji: '🧲' },
    properties: {
      [idOf('Name')]: { title: [{ text: { content: 'How four equations came to be' } }] },
      [idOf('URL')]: { url: 'https://example.org/history/maxwell' },
      [idOf('Tags')]: { multi_select: [{ name: 'history' }, { name: 'magnetism' }] },
    },
  });
  if (!isFullPage(created)) throw new Error('Partial page');
  expect(created.parent).toMatchObject({ type: 'data_source_id', data_source_id: source.id });
  expect(Object.keys(created.properties).sort()).toEqual(Object.keys(columns).sort());

  const same = await notion.dataSources.query({
    data_source_id: source.id,
    filter: { property: idOf('URL'), url: { equals: 'https://example.org/history/maxwell' } },
  });
  expect(same.results.map(({ id }) => id)).toEqual([created.id]);

  const updated = await notion.pages.update({
    page_id: created.id,
    properties: { Description: { rich_text: [{ text: { content: 'From Faraday to Heaviside' } }] } },
  });
  if (!isFullPage(updated)) throw new Error('Partial page');
  expect(updated.properties.Description).toMatchObject({
    rich_text: [{ plain_text: 'From Faraday to Heaviside' }],
  });
  expect(updated.properties.Tags).toMatchObject({
    multi_select: [{ name: 'history', color: 'green' }, { name: 'magnetism' }],
  });

  await notion.pages.update({ page_id: created.id, in_trash: true });
  const afterTrash = await notion.dataSources.query({ data_source_id: source.id });
  expect(afterTrash.results.map(({ id }) => id)).not.toContain(created.id);
  expect(await notion.pages.retrieve({ page_id: created.id })).toMatchObject({ in_trash: true });

  await notion.pages.update({ page_id: created.id, in_trash: false });
  const afterRestore = await notion.dataSources.query({ data_source_id: source.id });
  expect(afterRestore.results.map(({ id }) => id)).toContain(created.id);
});

test('a database is created below a page, changed, and read back', async () => {
  const pages = await notion.search({
    query: 'Bookmarks home',
    filter: { property: 'object', value: 'page' },
  });
  const database = await notion.databases.create({
    parent: { type: 'page_id', page_id: pages.results[0]?.id ?? '' },
    title: [{ text: { content: 'Bookmarks' } }],
    icon: { emoji: '🔖' },
    initial_data_source: {
      properties: {
        Title: { title: {} },
        URL: { url: {} },
        Tags: { multi_select: { options: [{ name: 'to read', color: 'blue' }] } },
        Description: { rich_text: {} },
        'Saved on': { created_time: {} },
      },
    },
  });
  if (!('data_sources' in database)) throw new Error('Partial database');
  expect(database.data_sources).toEqual([{ id: expect.any(String), name: 'Bookmarks' }]);
  const id = database.data_sources[0]?.id ?? '';

  await notion.dataSources.update({
    data_source_id: id,
    properties: { Description: { name: 'Summary' }, Rating: { number: { format: 'number' } } },
  });
  const source = await notion.dataSources.retrieve({ data_source_id: id });
  expect(Object.keys(source.properties)).toEqual(['Title', 'URL', 'Tags', 'Summary', 'Saved on', 'Rating']);

  await notion.databases.update({ database_id: database.id, title: [{ text: { content: 'Links' } }] });
  expect(await notion.databases.retrieve({ database_id: database.id })).toMatchObject({
    title: [{ plain_text: 'Links' }],
  });
});

test('blocks are appended, listed and deleted', async () => {
  const page = await notion.pages.create({
    properties: { title: { title: [{ text: { content: 'Private page' } }] } },
    children: [{ paragraph: { rich_text: [{ text: { content: 'First' } }] } }],
  });
  await notion.blocks.children.append({
    block_id: page.id,
    children: [{ heading_2: { rich_text: [{ text: { content: 'Before' } }] } }],
    position: { type: 'start' },
  });
  const { results: blocks } = await notion.blocks.children.list({ block_id: page.id });
  expect(blocks.map((block) => 'type' in block && block.type)).toEqual(['heading_2', 'paragraph']);
  await notion.blocks.delete({ block_id: blocks[0]?.id ?? '' });
  const left = await notion.blocks.children.list({ block_id: page.id });
  expect(left.results).toHaveLength(1);
});

test('the bot knows its owner and workspace', async () => {
  const me = await notion.users.me({});
  expect(me).toMatchObject({
    type: 'bot',
    bot: { workspace_name: "Maxwell's Workspace", owner: { type: 'user', user: { name: 'Ada Lovelace' } } },
  });
  const { results: users } = await notion.users.list({});
  expect(users.map(({ name }) => name)).toEqual(['Ada Lovelace', 'Rowmark']);
  expect(await notion.users.retrieve({ user_id: users[0]?.id ?? '' })).toMatchObject({ type: 'person' });
});

test('templates and single properties are read', async () => {
  const { id } = running.sandbox.control.dataSource('Reading list');
  const { templates } = await notion.dataSources.listTemplates({ data_source_id: id });
  expect(templates.map(({ name, is_default }) => [name, is_default])).toEqual([
    ['Article', true],
    ['Book', false],
  ]);
  const { results: rows } = await notion.dataSources.query({ data_source_id: id, page_size: 1 });
  const property = await notion.pages.properties.retrieve({
    page_id: rows[0]?.id ?? '',
    property_id: 'title',
  });
  expect(property).toMatchObject({ object: 'list', type: 'property_item', results: [{ type: 'title' }] });
});

test('refusals are errors the SDK knows', async () => {
  await expect(clientWith('ntn_wrong').users.me({})).rejects.toMatchObject({
    code: APIErrorCode.Unauthorized,
    status: 401,
  });
  await expect(
    notion.pages.retrieve({ page_id: '00000000-0000-4000-8000-000000000000' }),
  ).rejects.toMatchObject({ code: APIErrorCode.ObjectNotFound, status: 404 });
});

test('tokens are exchanged, refreshed, introspected and revoked', async () => {
  const authorizeUrl = new URL('/v1/oauth/authorize', running.origin);
  authorizeUrl.search = new URLSearchParams({
    client_id: SANDBOX_CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    owner: 'user',
    state: 's',
  }).toString();
  const consent = await (await fetch(authorizeUrl)).text();
  const request = /name="request" value="([^"]+)"/.exec(consent)?.[1] ?? '';
  const decided = await fetch(new URL('/v1/oauth/authorize', running.origin), {
    method: 'POST',
    body: new URLSearchParams({ request, decision: 'allow' }),
    redirect: 'manual',
  });
  const code = new URL(decided.headers.get('location') ?? '').searchParams.get('code') ?? '';

  const secret = { client_id: SANDBOX_CLIENT_ID, client_secret: SANDBOX_CLIENT_SECRET };
  const client = clientWith();
  const first = await client.oauth.token({
    ...secret,
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
  });
  expect(first).toMatchObject({ token_type: 'bearer', workspace_name: "Maxwell's Workspace" });
  const second = await client.oauth.token({
    ...secret,
    grant_type: 'refresh_token',
    refresh_token: first.refresh_token ?? '',
  });
  expect(second.bot_id).toBe(first.bot_id);
  expect(await client.oauth.introspect({ ...secret, token: first.access_token })).toMatchObject({
    active: false,
  });
  expect(await client.oauth.introspect({ ...secret, token: second.access_token })).toMatchObject({
    active: true,
  });
  await client.oauth.revoke({ ...secret, token: second.access_token });
  await expect(clientWith(second.access_token).users.me({})).rejects.toMatchObject({ status: 401 });
});
