import { expect, it } from 'vitest';
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { TIDES } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const options = (...names: string[]) => ({ options: names });

scenarios('a database with a property of each type', {}, (stage) => {
  /** @returns the id of the data source that is chosen in Rowmark */
  async function connectToAll(): Promise<string> {
    await stage.connect();
    const related = stage.notion.createDatabase({
      title: 'Projects',
      sources: [
        { properties: [{ name: 'Name', type: 'title' }], rows: [{ Name: 'Engine' }, { Name: 'Notes' }] },
      ],
    });
    const { databaseId, dataSourceIds } = stage.notion.createDatabase({
      title: 'Everything',
      sources: [
        {
          properties: [
            { name: 'Name', type: 'title' },
            { name: 'URL', type: 'url' },
            { name: 'Tags', type: 'multi_select' },
            { name: 'Description', type: 'rich_text' },
            { name: 'Status', type: 'status', ...options('To read', 'Reading', 'Read') },
            { name: 'Kind', type: 'select', ...options('Article', 'Book') },
            { name: 'Moods', type: 'multi_select', ...options('calm') },
            { name: 'Read by', type: 'date' },
            { name: 'Worth keeping', type: 'checkbox' },
            { name: 'Pages', type: 'number' },
            { name: 'Remarks', type: 'rich_text' },
            { name: 'Archive', type: 'url' },
            { name: 'E-mail', type: 'email' },
            { name: 'Phone', type: 'phone_number' },
            { name: 'Who', type: 'people' },
            { name: 'Project', type: 'relation', settings: { data_source_id: related.dataSourceIds[0] } },
            { name: 'Files', type: 'files' },
            { name: 'Made', type: 'created_time' },
          ],
        },
      ],
    });
    for (const id of [databaseId, related.databaseId]) stage.notion.share(id);
    const [id = ''] = dataSourceIds;
    await stage.browser.inExtension(
      async (link, destinationId, apart) => {
        await chrome.runtime.sendMessage({ type: 'open-link', link });
        const key = `destination:${destinationId}`;
        const destination = (await chrome.storage.local.get(key))[key] as {
          properties: { id: string; name: string }[];
        };
        const shown = destination.properties.filter(({ name }) => !apart.includes(name)).map((one) => one.id);
        const form = { version: 1, mapping: {}, shown, starts: {} };
        await chrome.runtime.sendMessage({ type: 'set-form', destinationId, form });
      },
      `https://www.notion.so/${databaseId.replaceAll('-', '')}`,
      id,
      ['Name', 'URL', 'Tags', 'Description', 'Made'],
    );
    return id;
  }

  async function tabTo(popup: Page, label: string): Promise<void> {
    const labelled = () =>
      popup.evaluate(() => {
        const focused = document.activeElement as HTMLInputElement | null;
        return focused?.labels?.[0]?.textContent ?? '';
      });
    for (let stops = 0; (await labelled()) !== label; stops++) {
      if (stops === 12) throw new Error(`Tab does not lead to "${label}"`);
      await popup.press('Tab');
    }
  }

  it('is filled in and saved by keyboard alone', async () => {
    const id = await connectToAll();
    const popup = await stage.browser.openPopup(await stage.browser.open(`https://site.test${TIDES.path}`));
    await until('the page to have been read', async () => {
      return (await popup.byRole('textbox', 'Description').value()) === TIDES.description;
    });
    await popup.byRole('combobox', 'Status').appear();
    const fill = async (label: string, words: string, ...keys: ('Enter' | 'ArrowDown')[]) => {
      await tabTo(popup, label);
      await popup.type(words);
      for (const key of keys) await popup.press(key);
    };
    await fill('Status', 'Reading');
    await fill('Kind', 'bo', 'Enter');
    await fill('Moods', 'calm,new,');
    await fill('Read by', 't');
    await tabTo(popup, 'Worth keeping');
    await popup.type(' ');
    await fill('Pages', '12,5');
    await fill('Remarks', 'Two words');
    await fill('Archive', 'https://archive.example/x');
    await fill('E-mail', 'ada@example.org');
    await fill('Phone', '+44 1');
    await tabTo(popup, 'Who');
    await until('people to be known', async () => {
      await popup.press('ArrowDown');
      return (await popup.byRole('option', 'Ada Lovelace').count()) === 1;
    });
    await popup.type('ada');
    await popup.press('Enter');
    await tabTo(popup, 'Project');
    await popup.type('engine');
    await popup.byRole('option', 'Engine').appear();
    await popup.press('Enter');
    await fill('Files', 'https://example.org/a.pdf');
    await stage.screenshot(popup, 'popup-properties');
    stage.notion.clearRequests();
    // Enter from a field of one line; the files have many.
    await popup.byRole('textbox', 'Title').read((title) => (title as HTMLElement).focus());
    await popup.press('Enter');
    await until('"Saved to Notion"', async () =>
      (await popup.byRole('status').text()).includes('Saved to Notion'),
    );

    expect(stage.requests().map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'POST /v1/pages 200',
    ]);
    const [row] = stage.notion.dataSource(id).rows;
    const {
      'Read by': day,
      Who: who,
      Project: project,
      Files: files,
      Made: _,
      ...others
    } = row?.values ?? {};
    expect(others).toEqual({
      Name: TIDES.title,
      URL: `https://site.test${TIDES.path}`,
      Tags: [],
      Description: TIDES.description,
      Status: 'Reading',
      Kind: 'Book',
      Moods: ['calm', 'new'],
      'Worth keeping': true,
      Pages: 12.5,
      Remarks: 'Two words',
      Archive: 'https://archive.example/x',
      'E-mail': 'ada@example.org',
      Phone: '+44 1',
    });
    expect(day).toBe(new Date().toLocaleDateString('sv'));
    expect(who).toHaveLength(1);
    expect(project).toHaveLength(1);
    expect(files).toMatchObject([{ name: 'a.pdf' }]);
  });
});
