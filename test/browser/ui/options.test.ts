/** The options page as a person uses it. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FormSettings } from '../../../src/core/database/form-settings.ts';
import { failure } from '../../../src/core/failure.ts';
import { readLibrary } from '../../../src/core/library/read.ts';
import { findChromium } from '../drivers/programs.ts';
import type { Scenario } from './fake-client.ts';
import {
  ALL_SHOWN,
  CONNECTION,
  CUT,
  destination,
  ENTRIES,
  heldFor,
  outboxOf,
  READY,
  rowLost,
  savedBefore,
} from './states.ts';
import { buildUiPages, type UiPages } from './ui-pages.ts';

const CONNECTED: Scenario = { stored: READY };

describe.skipIf(!findChromium())('the options page', () => {
  let pages: UiPages;
  let page: Page;
  beforeAll(async () => {
    pages = await buildUiPages();
  });
  afterEach(() => page.context().close());
  afterAll(() => pages.close());

  const open = async (scenario: Scenario) => {
    page = await pages.open('options', scenario);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const radio = (name: string) => page.getByRole('radio', { name, exact: true });
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const becomes = (look: () => Promise<unknown>, expected: unknown) => expect.poll(look).toEqual(expected);
  const calls = (type?: string) =>
    page.evaluate(
      (wanted) => rowmark.calls.filter((call) => wanted === undefined || call.type === wanted),
      type,
    );
  const asked = () => page.evaluate(() => rowmark.asked);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const announced = (words: string) =>
    expect.poll(() => page.getByRole('status').textContent()).toContain(words);
  const alerted = (words: string) => page.getByRole('alert').getByText(words).waitFor();

  it('connects by one key, tells how to go on, and says so to those who cannot see it', async () => {
    await open({ connected: READY });
    await press('Enter');
    await announced('Connected to Ada');
    await announced('Reading list');
    await announced('Alt+Shift+D');
    expect((await calls()).map(({ type }) => type)).toEqual(['start-sign-in', 'finish-sign-in']);
    expect(await focused()).toBe('Connection');
    expect(await radio('Reading list').isChecked()).toBe(true);
    expect(await page.getByText('Connected by Ada Lovelace').isVisible()).toBe(true);
  });

  it('shows a workspace by the picture that Notion has of it, by its emoji or by its letter', async () => {
    const own = 'https://www.notion.so/images/workspace.svg';
    const connection = (id: string, workspaceIcon: string) => ({
      [id]: { ...CONNECTION, botId: id, workspaceName: `${id} workspace`, workspaceIcon },
    });
    const connections = {
      ...connection('picture', own),
      ...connection('emoji', '🏡'),
      ...connection('strange', 'https://example.org/icon.png'),
      ...connection('text', 'data:image/png;base64,AAAA'),
    };
    pages.askedElsewhere();
    await open({ stored: { ...READY, connections } });
    await becomes(
      () =>
        page
          .locator('.line > .icon')
          .evaluateAll((all) =>
            all.map((icon) =>
              icon instanceof HTMLImageElement
                ? icon.naturalWidth > 0
                : icon.textContent || icon.getAttribute('data-letter'),
            ),
          ),
      [true, '🏡', 'S', 'T'],
    );
    expect(pages.askedElsewhere()).toEqual([own]);
  });

  it('does one thing at a time', async () => {
    await open({ silent: ['start-sign-in'] });
    await press('Enter', 'Enter');
    await announced('Waiting for Notion');
    expect(await calls('start-sign-in')).toHaveLength(1);
  });

  it('connects by a token, and keeps one that is refused in its field', async () => {
    await open({ connected: READY, failing: { 'connect-token': failure('token-refused') } });
    await page.getByText('Use a token instead').click();
    await page.getByLabel('Token', { exact: true }).fill('ntn_1');
    await press('Enter');
    await alerted('does not take this token');
    expect(await page.getByLabel('Token', { exact: true }).inputValue()).toBe('ntn_1');
    await page.evaluate(() => rowmark.change({ failing: {} }));
    await press('Enter');
    await announced('Connected to Ada');
    expect(await calls('connect-token')).toHaveLength(2);
  });

  it('takes a closed sign-in for no error', async () => {
    await open({ signIn: { ok: false, failure: failure('sign-in-cancelled') } });
    await press('Enter');
    await alerted('Sign-in was closed');
    expect(await page.getByRole('alert').getByRole('button').count()).toBe(0);
    expect(await button('Connect to Notion').getAttribute('aria-disabled')).toBe('false');
    expect(await focused()).toBe('Connect to Notion');
  });

  it('says what failed in signing in', async () => {
    await open({ failing: { 'finish-sign-in': failure('sign-in-mismatch') } });
    await press('Enter');
    await alerted('not begun here');
  });

  it('disconnects, and says when Notion could not be told', async () => {
    await open({ ...CONNECTED, revoked: false });
    await button('Disconnect').focus();
    await press('Enter');
    await alerted('Notion could not be told');
    expect(await calls('disconnect')).toEqual([{ type: 'disconnect', botId: 'bot' }]);
    expect(await focused()).toBe('Keep your tabs in Notion');
    expect(await button('Connect to Notion').isVisible()).toBe(true);
  });

  it('reconnects a connection that Notion has ended', async () => {
    const connections = { bot: { ...CONNECTION, status: 'refused' } };
    await open({ stored: { ...READY, connections }, connected: READY });
    await alerted('Notion has ended the connection');
    await button('Reconnect').click();
    await announced('Connected to Ada');
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('lets the database be chosen with arrow keys', async () => {
    await open(CONNECTED);
    await radio('Reading list').focus();
    await press('ArrowDown');
    await announced('Recipes');
    expect(await radio('Recipes').isChecked()).toBe(true);
    expect(await calls('choose-destination')).toEqual([
      { type: 'choose-destination', destinationId: 'recipes' },
    ]);
  });

  it('finds a database by what is typed, here at once and in Notion behind it', async () => {
    const entry = (id: string, title: string) => ({ id, botId: 'bot', title, icon: null });
    const many = Array.from({ length: 12 }, (_, n) => entry(`db${n}`, `Bücher ${n}`));
    const catalog = { entries: [...ENTRIES, ...many], pages: [], readAt: 1 };
    const found = { catalog: { ...catalog, entries: [...catalog.entries, entry('z', 'Zettel')] } };
    await open({ stored: { ...READY, catalog }, found });
    const find = page.getByRole('searchbox', { name: 'Find a database' });
    await find.fill('bucher 1');
    await page.getByText('3 found').waitFor();
    await find.fill('zettel');
    await radio('Zettel').waitFor();
    expect((await calls('find-databases')).at(-1)).toEqual({ type: 'find-databases', query: 'zettel' });
    await find.fill('nothing like it');
    await page.getByText('None found').waitFor();
  });

  it('stays with the database it was when another cannot be had', async () => {
    await open({ ...CONNECTED, failing: { 'choose-destination': failure('not-shared') } });
    await radio('Recipes').click();
    await alerted('not shared');
    await becomes(() => radio('Reading list').isChecked(), true);
  });

  it('says what to do when no database is shared, and reads the list anew', async () => {
    const catalog = { entries: [], pages: [], readAt: 0 };
    await open({
      stored: { connections: { bot: CONNECTION }, catalog },
      refreshed: { catalog: READY.catalog },
    });
    await page.getByText('••• → Connections').waitFor();
    await button('Refresh').click();
    await announced('up to date: 4');
    expect(await page.getByRole('radio').count()).toBe(ENTRIES.length);
  });

  it('offers to try again what failed', async () => {
    await open({ ...CONNECTED, failing: { 'refresh-catalog': failure('offline') } });
    await button('Refresh').click();
    await alerted('You are offline');
    await page.evaluate(() => rowmark.change({ failing: {} }));
    await button('Try again').click();
    await announced('up to date');
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('asks for access that was taken back, then goes on', async () => {
    await open({ ...CONNECTED, failing: { 'refresh-catalog': failure('access-not-granted') } });
    await button('Refresh').click();
    await alerted('withholds access');
    await page.evaluate(() => rowmark.change({ failing: {} }));
    await button('Allow access').click();
    await announced('up to date');
    expect(await asked()).toEqual(['access']);
  });

  it('takes a pasted link, and keeps it in the field when it cannot be used', async () => {
    await open({ ...CONNECTED, failing: { 'open-link': failure('link-not-understood') } });
    await page.getByLabel('Paste a link').fill('https://example.org/');
    await press('Enter');
    await alerted('That is no link to a Notion database');
    expect(await page.getByLabel('Paste a link').inputValue()).toBe('https://example.org/');
    await page.evaluate(() => rowmark.change({ failing: {} }));
    await page.getByLabel('Paste a link').press('Enter');
    await announced('From a link');
    expect(await radio('From a link').isChecked()).toBe(true);
  });

  it('makes a database under a page or as a private one', async () => {
    await open(CONNECTED);
    await button('Create a bookmarks database').click();
    await announced('Created');
    await page.getByLabel('Make one').selectOption({ label: '🏠 Home' });
    await button('Create a bookmarks database').click();
    const jobId = expect.any(String);
    await becomes(
      () => calls('create-database'),
      [
        { type: 'create-database', jobId, botId: 'bot', parentPageId: null },
        { type: 'create-database', jobId, botId: 'bot', parentPageId: 'home' },
      ],
    );
  });

  it('warns before a second database when nobody knows of the first', async () => {
    await open({ ...CONNECTED, failing: { 'create-database': failure('timed-out') } });
    await button('Create a bookmarks database').click();
    await alerted('may have been made');
    // Pressed again, it is the same asking; once it is answered, another one.
    await page.evaluate(() => rowmark.change({ failing: {} }));
    await button('Create a bookmarks database').click();
    await announced('Created');
    await button('Create a bookmarks database').click();
    await becomes(async () => (await calls('create-database')).length, 3);
    const [first, second, third] = (await calls('create-database')) as { jobId: string }[];
    expect(second?.jobId).toBe(first?.jobId);
    expect(third?.jobId).not.toBe(first?.jobId);
  });

  it('lists what waits, as it changes', async () => {
    const waiting = savedBefore('a', { failure: failure('offline') });
    const stuck = savedBefore('b', { state: 'needs-you', failure: failure('not-shared') });
    await open({ stored: { ...READY, ...outboxOf(waiting, stuck) } });
    const list = page.getByRole('listitem').filter({ has: button('Undo') });
    await becomes(() => list.count(), 2);
    expect(await list.first().textContent()).toContain('Needs you');
    expect(await list.last().textContent()).toContain('You are offline');
    await list.first().getByRole('button', { name: 'Try now' }).click();
    await becomes(
      () =>
        list
          .last()
          .textContent()
          .then((words) => words?.includes('Needs you')),
      false,
    );
    await list.last().getByRole('button', { name: 'Undo' }).click();
    await becomes(() => list.count(), 1);
    expect(await calls('undo')).toHaveLength(1);
    await page.getByText('Latest').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'Undone' }).count()).toBe(1);
    await page.evaluate(() =>
      rowmark.put({
        outbox: { waiting: { count: 0, ids: [] }, needsYou: { count: 0, ids: [] }, recent: [] },
      }),
    );
    await page.getByText('Nothing is waiting').waitFor();
  });

  it('says where its lists end before their end', async () => {
    await open({ ...CUT, isWhole: true });
    const hint = page.getByText('Notion has more than these');
    await hint.waitFor();
    await page.getByText('The pages edited last are listed').waitFor();
    await page.getByRole('searchbox', { name: 'Find a database' }).fill('rec');
    await hint.waitFor({ state: 'detached' });
  });

  it('offers what helps where trying the same again cannot', async () => {
    await open({
      stored: {
        ...READY,
        ...outboxOf({ ...rowLost('row-in-trash'), id: 'trash' }, { ...rowLost('row-gone'), id: 'gone' }),
      },
    });
    const item = (words: string) => page.getByRole('listitem').filter({ hasText: words });
    const trash = item("Its row is in Notion's trash");
    const gone = item('not in this database any more');
    await trash.waitFor();
    expect(await button('Try now').count()).toBe(0);
    expect(await gone.getByRole('button', { name: 'Take it out' }).count()).toBe(0);
    await trash.getByRole('button', { name: 'Take it out of the trash' }).click();
    await becomes(() => calls('restore-row'), [{ type: 'restore-row', saveId: 'trash' }]);
    await gone.getByRole('button', { name: 'Save as a new row' }).click();
    await becomes(() => calls('save-anew'), [{ type: 'save-anew', saveId: 'gone' }]);
    await gone.waitFor({ state: 'detached' });
  });

  it('says until when Notion asks to wait, of all that waits for it, and offers no trying before', async () => {
    await open({
      stored: { ...READY, ...outboxOf(heldFor(3_600_000), savedBefore('behind', {})) },
    });
    const items = page.getByRole('listitem').filter({ has: button('Undo') });
    await becomes(() => items.count(), 2);
    for (const words of await items.allTextContents()) expect(words).toMatch(/wait until .*\d:\d\d/);
    expect(await button('Try now').count()).toBe(0);
  });

  it('says until when Notion asks to wait with the list, which is not asked for again by a button', async () => {
    await open({
      ...CONNECTED,
      failing: { 'refresh-catalog': failure('rate-limited', { retryAfter: 3600 }) },
    });
    await button('Refresh').click();
    await alerted('wait until');
    expect(await page.getByRole('alert').getByRole('button').count()).toBe(0);
  });

  it('undoes many in one step', async () => {
    await open({
      stored: { ...READY, ...outboxOf(savedBefore('a', {}), savedBefore('b', {}), savedBefore('c', {})) },
    });
    await button('Undo these 3').click();
    await page.getByText('Nothing is waiting').waitFor();
    expect(await calls('undo')).toEqual([{ type: 'undo', saveIds: ['a', 'b', 'c'] }]);
  });

  it('leads to the row of what went to Notion last, and undoes it', async () => {
    const row = { id: 'r', url: 'https://www.notion.so/r' };
    await open({ stored: { ...READY, ...outboxOf(savedBefore('a', { state: 'in-notion', row })) } });
    const item = page.getByRole('listitem').filter({ hasText: 'Saved to Notion' });
    expect(await item.getByRole('link', { name: 'Open in Notion' }).getAttribute('href')).toBe(row.url);
    await item.getByRole('button', { name: 'Undo' }).click();
    await becomes(() => calls('undo'), [{ type: 'undo', saveIds: ['a'] }]);
  });

  it('opens a save to be changed, wherever it has got to, unless it is to be undone', async () => {
    const stuck = savedBefore('a', { state: 'needs-you', failure: failure('values-refused') });
    const sent = savedBefore('b', { state: 'checking', sentAt: 1 });
    const unwanted = savedBefore('c', { state: 'checking', sentAt: 1, wanted: 'nothing' });
    await open({ stored: { ...READY, ...outboxOf(stuck, sent, unwanted) } });
    const edit = page.getByRole('link', { name: 'Edit' });
    await becomes(
      () => edit.evaluateAll((all) => all.map((one) => one.getAttribute('href')).sort()),
      ['../popup/index.html?save=a', '../popup/index.html?save=b'],
    );
  });

  it('tells what of a row did not fit its properties, beside the way to choose again', async () => {
    const row = { id: 'r', url: 'https://www.notion.so/r' };
    const saved = savedBefore('a', { state: 'in-notion', row, misfits: ['Status: Someday'] });
    await open({ stored: { ...READY, ...outboxOf(saved) } });
    const line = page.getByRole('listitem').filter({ hasText: 'Status: Someday' });
    await line.waitFor();
    expect(await line.getByRole('link', { name: 'Edit' }).getAttribute('href')).toContain('save=a');
  });

  it.each([
    ['Remove it', 'remove-double'],
    ['Keep it', 'keep-double'],
  ] as const)('tells of a row that may be a second one, for the user to decide: %s', async (name, type) => {
    const row = { id: 'r', url: 'https://www.notion.so/r' };
    const suspects = [{ id: 'd', url: 'https://www.notion.so/d' }];
    const saved = savedBefore('a', { state: 'in-notion', row, repeats: { suspects } });
    await open({ stored: { ...READY, ...outboxOf(saved) } });
    const note = page.getByText('There may be a second row');
    await note.waitFor();
    const hrefs = await page
      .getByRole('link', { name: 'Open in Notion' })
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(hrefs).toContain('https://www.notion.so/d');
    await button(name).press('Enter');
    await note.waitFor({ state: 'detached' });
    expect(await calls(type)).toMatchObject([{ saveId: 'a', rowId: 'd' }]);
  });

  it('tells of what it cannot read, and hands it out', async () => {
    await open({ stored: READY, aside: { 'save:x': { version: 99 } } });
    await page.getByText('Records that cannot be read: 1').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('Copy them').click();
    await announced('Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(copied)).toEqual({ 'save:x': { version: 99 } });
  });

  it('copies a report on what waits, without its contents', async () => {
    const stuck = savedBefore('b', { state: 'needs-you', failure: failure('not-shared') });
    await open({ stored: { ...READY, ...outboxOf(stuck) } });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('Copy report').click();
    await announced('Report copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('why: not-shared');
    expect(copied).not.toContain(stuck.capture.title);
  });

  it('says of each button which save it is for', async () => {
    await open({ stored: { ...READY, ...outboxOf(savedBefore('a', {})) } });
    const description = await button('Try now').evaluate(
      (one) => document.getElementById(one.getAttribute('aria-describedby') ?? '')?.textContent,
    );
    expect(description).toBe('How four equations came to be');
  });

  describe('the properties of the chosen database', () => {
    const all = { ...CONNECTED, stored: { ...READY, ...ALL_SHOWN } };
    const lastForm = async () =>
      ((await calls('set-form')).at(-1) as { form?: FormSettings } | undefined)?.form;

    it('are mapped in one table, and mapped anew there', async () => {
      await open(all);
      const url = page.getByRole('combobox', { name: 'URL', exact: true });
      expect(await url.inputValue()).toBe('u');
      await url.selectOption('Archive link');
      await becomes(() => lastForm().then((form) => form?.mapping), { url: 'l' });
      await page.getByRole('combobox', { name: 'Tags' }).selectOption('No property: into the page');
      await becomes(() => lastForm().then((form) => form?.mapping), { url: 'l', tags: null });
    });

    it('are shown, hidden and ordered, by keyboard too', async () => {
      await open(all);
      await button('Move Kind up').press('Enter');
      await becomes(() => lastForm().then((form) => form?.shown?.slice(0, 3)), ['k', 'st', 'm']);
      await button('Take Kind out of the form').click();
      await becomes(() => lastForm().then((form) => form?.shown?.includes('k')), false);
      await page.getByRole('combobox', { name: 'Add a property…' }).selectOption('Kind');
      await becomes(() => lastForm().then((form) => form?.shown?.at(-1)), 'k');
    });

    it('begin with a value or with something of the page, as it is typed', async () => {
      await open(all);
      await page.getByRole('combobox', { name: 'What Remarks begins with' }).selectOption('Begins with…');
      await page.getByRole('textbox', { name: 'Remarks' }).pressSequentially('Read on the train');
      await becomes(() => lastForm().then((form) => form?.starts.r), {
        from: 'fixed',
        value: { kind: 'text', text: 'Read on the train' },
      });
      await page.getByRole('combobox', { name: 'What Read by begins with' }).selectOption('Today');
      await becomes(() => lastForm().then((form) => form?.starts.day), { from: 'today' });
    });

    it('say when one that was chosen is gone, and offer one for the address where there is none', async () => {
      const without = destination({ url: null });
      without.properties = without.properties.filter(({ type }) => type !== 'url');
      const form = { version: 1, mapping: { url: 'gone' }, starts: {} };
      await open({
        ...CONNECTED,
        stored: { ...READY, 'destination:reading': without, 'form:reading': form },
      });
      await page.getByText('is gone or has another type').waitFor();
      await button('Add a URL property').click();
      await announced('The property is there');
      expect(await calls('add-url-property')).toEqual([
        { type: 'add-url-property', destinationId: 'reading' },
      ]);
    });
  });

  it('forgets what was learned of tags, and learns no more where that is not wanted', async () => {
    await open(CONNECTED);
    await button('Forget what was learned of my tags').click();
    await announced('Forgotten');
    expect(await calls('forget-tag-usage')).toHaveLength(1);
    await page.getByRole('checkbox', { name: 'Learn my tags, and propose them' }).uncheck();
    await becomes(() => calls('set-proposes-tags'), [{ type: 'set-proposes-tags', on: false }]);
  });

  it('shows the keys as they are, also when there is none, and leads to where they are set', async () => {
    await open({ ...CONNECTED, shortcuts: [{ command: 'quick-save', shortcut: '' }] });
    await page.getByText('No key set').waitFor();
    await button('Change shortcuts').click();
    expect(await asked()).toEqual(['shortcuts']);
  });

  describe('rows on this device', () => {
    const rowIndexes = {
      reading: {
        on: true,
        rows: 3,
        whole: true,
        underWay: false,
        refreshedAt: 1,
        unreadable: 0,
        gaps: 0,
        failure: null,
      },
    };
    const mark = () => page.getByRole('checkbox', { name: 'Mark the toolbar button' });

    it('are switched on, told of with their size, and erased', async () => {
      await open(CONNECTED);
      await page.getByRole('checkbox', { name: 'Keep the rows' }).check();
      await becomes(() => calls('set-index'), [{ type: 'set-index', destinationId: 'reading', on: true }]);
      await page.getByText('All rows together take 1.3 MB here.').waitFor();
      await button('Erase them').click();
      await announced('No rows of this database are kept here any more');
    });

    it('are taken along as a file, all of them, the latest first', async () => {
      const rows = [1, 2, 3].map((number) => ({
        ...{ id: `row-${number}`, url: `https://www.notion.so/${number}`, dataSourceId: 'reading' },
        ...{ address: `https://example.org/${number}?a&b`, title: `Title ${number}`, tags: ['physics'] },
        ...{ createdAt: number * 60_000, editedAt: null },
      }));
      await open({ stored: { ...READY, rowIndexes }, rows });
      for (const [name, ending] of [
        ['Bookmarks (HTML)', 'html'],
        ['Table (CSV)', 'csv'],
        ['JSON', 'json'],
      ] as const) {
        const download = page.waitForEvent('download');
        await button(name).click();
        const file = await download;
        await announced('Exported: 3 rows');
        expect(file.suggestedFilename()).toBe(`rowmark.${ending}`);
        const found = readLibrary(new Uint8Array(readFileSync(await file.path())));
        const [reading] = found.ok ? found.readings : [];
        expect(reading?.items.map(({ url, title, tags }) => [url, title, tags])).toEqual(
          [3, 2, 1].map((number) => [`https://example.org/${number}?a&b`, `Title ${number}`, ['physics']]),
        );
      }
    });

    it('mark the button only where the user lets tabs be seen', async () => {
      await open({ stored: { ...READY, rowIndexes }, tabsAllowed: false });
      await mark().click();
      await announced('Not marked');
      expect(await asked()).toEqual(['tabs']);
      expect(await mark().isChecked()).toBe(false);
      expect(await calls('set-mark-saved')).toEqual([]);
      await page.context().close();
      await open({ stored: { ...READY, rowIndexes } });
      await mark().click();
      await becomes(() => calls('set-mark-saved'), [{ type: 'set-mark-saved', on: true }]);
      expect(await mark().isChecked()).toBe(true);
    });
  });

  describe('presets', () => {
    const last = async () => {
      const [call] = (await calls('set-presets')).slice(-1);
      return call && 'presets' in call ? call.presets : undefined;
    };

    it('are made by keyboard alone from what is set for the database', async () => {
      const form = { version: 1, mapping: {}, starts: {}, tags: ['physics'] };
      await open({ stored: { ...READY, 'form:reading': form } });
      await button('New preset').focus();
      await press('Enter');
      await becomes(async () => (await last())?.map(({ name }) => name), ['Preset 1']);
      await page.keyboard.type('Papers');
      await press('Tab');
      await becomes(last, [
        expect.objectContaining({
          name: 'Papers',
          destinationId: 'reading',
          beginning: { starts: {}, tags: ['physics'] },
          key: '1',
          sites: [],
        }),
      ]);
      const preset = page.getByRole('group').filter({ hasText: 'Papers' });
      await preset.getByRole('textbox', { name: 'For sites' }).fill('arxiv.org,  github.com/*');
      await press('Tab');
      await becomes(async () => (await last())?.[0]?.sites, ['arxiv.org', 'github.com/*']);
      await preset.getByRole('combobox', { name: 'Key', exact: true }).selectOption('P');
      await becomes(async () => (await last())?.[0]?.key, 'p');
      // As it will be pressed, on a Russian keyboard.
      await preset.getByRole('combobox', { name: 'Key', exact: true }).focus();
      const session = await page.context().newCDPSession(page);
      await session.send('Input.dispatchKeyEvent', { type: 'keyDown', code: 'KeyQ', key: 'й', text: 'й' });
      await becomes(async () => (await last())?.[0]?.key, 'q');
      await preset.getByRole('checkbox', { name: "The page's image as the cover" }).check();
      await becomes(async () => (await last())?.[0]?.beginning.cover, true);
      await preset.getByRole('button', { name: 'Delete preset' }).click();
      await becomes(last, []);
    });

    it('have no key that another has', async () => {
      const presets = [
        { id: 'a', name: 'A', destinationId: 'reading', beginning: { starts: {} }, key: '1', sites: [] },
        { id: 'b', name: 'B', destinationId: 'reading', beginning: { starts: {} }, key: '2', sites: [] },
      ];
      await open({ stored: { ...READY, presets: { version: 1, presets } } });
      await page.locator('summary').last().click();
      const key = page.locator('#key-b');
      const choices = await key
        .locator('option')
        .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
      expect(choices).toContain('2');
      expect(choices).not.toContain('1');
    });
  });
});
