import { expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { OPTIONS } from '../stage/connect.ts';
import { TABLE, TIDES } from '../stage/pages.ts';
import { DATABASE, scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const shortcuts = {
  _execute_action: manifest.commands._execute_action.suggested_key.default,
  'quick-save': manifest.commands['quick-save'].suggested_key.default,
};
const openPage = async (open: (url: string) => Promise<Page>): Promise<Page> => {
  const page = await open(`http://site.test${TIDES.path}`);
  await page.show();
  return page;
};

scenarios('shortcuts', {}, (stage) => {
  // Chromium gives an extension no key that it needs itself.
  it('are taken over by the browser', async () => {
    const given = await stage.browser.inExtension(async () =>
      Object.fromEntries((await chrome.commands.getAll()).map(({ name, shortcut }) => [name, shortcut])),
    );
    // Presets have commands, and no keys until the user gives them some.
    expect(given).toEqual({ ...shortcuts, 'preset-1': '', 'preset-2': '', 'preset-3': '' });
  });

  if (stage.driver.name === 'firefox') {
    it('are none that the browser needs itself, which would be told', async () => {
      expect(await stage.browser.ownShortcuts(Object.values(shortcuts))).toEqual([]);
      // All tabs as bookmarks, and the History menu; the one between is Chromium's.
      expect(await stage.browser.ownShortcuts(['Ctrl+Shift+D', 'Alt+Shift+R', 'Alt+Shift+S'])).toEqual([
        'Ctrl+Shift+D',
        'Alt+Shift+S',
      ]);
    });
  }
});

scenarios('keys really pressed', { keys: true }, (stage) => {
  const requests = () => stage.requests().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
  const toastText = async (page: Page) =>
    (await page.byRole('status').count()) === 0 ? '' : page.byRole('status').text();
  const quickSave = async (page: Page, words: string) => {
    await stage.screen.press(shortcuts['quick-save'].toLowerCase(), TIDES.title);
    await until(`"${words}"`, async () => (await toastText(page)).includes(words));
  };
  /** What was sent has been answered as well: until then the page is being saved, and not saved already. */
  const quickSaveAgain = async (page: Page) => {
    await until('nothing to be on its way', () =>
      stage.browser.inExtension(async () => {
        const { outbox } = await chrome.storage.local.get('outbox');
        return (outbox as { waiting: { count: number } }).waiting.count === 0;
      }),
    );
    await quickSave(page, 'Already in Notion');
  };
  const hasTags = (id: string | undefined, tags: string[]) =>
    stage.newRows().some((row) => row.id === id && String(row.values.Tags) === String(tags));

  it('save the tab at once and say so in the page', async () => {
    await stage.connect();
    const page = await openPage(stage.browser.open);
    stage.notion.clearRequests();
    await stage.screen.press(shortcuts['quick-save'].toLowerCase(), TIDES.title);
    await until('the row', () => stage.newRows().length === 1);
    expect(stage.newRows()).toMatchObject([
      {
        title: TIDES.title,
        values: { URL: `http://site.test${TIDES.path}`, Description: TIDES.description },
      },
    ]);
    await until('the toast', async () => (await page.byRole('status').count()) === 1);
    await until('"Saved to Notion"', async () =>
      (await page.byRole('status').text()).includes('Saved to Notion'),
    );
    await stage.screenshot(page, 'toast');
    // Without the rows on this device, one query more finds out whether the page is saved already.
    expect(requests()).toEqual(['POST query', 'POST pages']);
  });

  it('refine the save from its toast, and take it back', async () => {
    await stage.connect();
    const page = await openPage(stage.browser.open);
    await quickSave(page, 'Saved to Notion');
    const [made] = stage.newRows();
    await stage.screen.press('t');
    await stage.screen.type('hist');
    await stage.screen.press('Return');
    await stage.screen.press('Return');
    await until('the tag in Notion', () => hasTags(made?.id, ['history']));
    await stage.screenshot(page, 'toast-tagged');
    // Pressed again, it is the same row.
    await quickSaveAgain(page);
    await stage.screen.press('n');
    await stage.screen.press('ctrl+a');
    await stage.screen.type('Before noon');
    await stage.screen.press('Return');
    await until('the note in Notion', () =>
      stage.newRows().some(({ id, values }) => id === made?.id && values.Description === 'Before noon'),
    );
    expect(stage.newRows()).toHaveLength(1);
    await quickSaveAgain(page);
    await stage.screen.press('u');
    await until('the row to be in the trash', () => stage.newRows().every(({ inTrash }) => inTrash));
  });

  it('use a preset at once, then a status, and open the row', async () => {
    await stage.connect();
    await stage.browser.inExtension(async () => {
      const { settings } = await chrome.storage.local.get('settings');
      const { destinationId } = settings as { destinationId: string };
      const beginning = { starts: {}, tags: ['history'] };
      const preset = { id: 'p', name: 'Later', destinationId, beginning, key: '1', sites: [] };
      await chrome.runtime.sendMessage({ type: 'set-presets', presets: [preset] });
    });
    const page = await openPage(stage.browser.open);
    // As soon as the toast says what it tells of, whether or not it can be typed into yet.
    await stage.screen.press(shortcuts['quick-save'].toLowerCase(), TIDES.title);
    await until('the toast', async () => (await toastText(page)) !== '');
    await stage.screen.press('1');
    await until('the tag of the preset', () =>
      stage.newRows().some(({ values }) => String(values.Tags) === 'history'),
    );
    await quickSaveAgain(page);
    await stage.screen.press('s');
    await stage.screen.type('reading');
    await stage.screen.press('Return');
    await until('the status', () => stage.newRows().some(({ values }) => values.Status === 'Reading'));
    expect(stage.newRows()).toHaveLength(1);
    await quickSaveAgain(page);
    await stage.screen.press('o');
    await until('the row to be opened', async () => (await stage.browser.pages()).length > 1);
  });

  it('move the save to another database from its toast', async () => {
    await stage.connect();
    stage.notion.share('Recipes');
    await stage.browser.inExtension(() => chrome.runtime.sendMessage({ type: 'refresh-catalog' }));
    const page = await openPage(stage.browser.open);
    await quickSave(page, 'Saved to Notion');
    await stage.screen.press('d');
    await stage.screen.type('rec');
    await stage.screen.press('Return');
    await until('the row in the other database', () =>
      stage.notion.dataSource('Recipes').rows.some(({ title, inTrash }) => title === TIDES.title && !inTrash),
    );
    await until('the first row to be in the trash', () => stage.newRows().every(({ inTrash }) => inTrash));
    expect(stage.newRows()).toHaveLength(1);
  });

  it('find a saved row from the address bar, and save the tab from there', async () => {
    await stage.connect();
    const options = await stage.browser.openExtensionPage(OPTIONS);
    await options.byRole('checkbox', `Keep the rows of “${DATABASE}” on this device`).click();
    await until('all rows', () =>
      stage.browser.inExtension(async () => {
        const { rowIndexes } = await chrome.storage.local.get('rowIndexes');
        const { entries = {} } = (rowIndexes ?? {}) as { entries?: Record<string, { whole: boolean }> };
        return Object.values(entries).some(({ whole }) => whole);
      }),
    );
    const page = await openPage(stage.browser.open);
    stage.notion.clearRequests();
    await stage.screen.press('ctrl+l', TIDES.title);
    await stage.screen.type('nb +#history By way of the address bar');
    await stage.screen.press('Return');
    await until('the row', () => stage.newRows().length === 1);
    expect(stage.newRows()).toMatchObject([
      { title: TIDES.title, values: { Tags: ['history'], Description: 'By way of the address bar' } },
    ]);
    // The rows on this device know that it was not saved yet.
    expect(requests()).toEqual(['POST pages']);
    await quickSaveAgain(page);
    expect(stage.newRows()).toHaveLength(1);
    // The first name that fits what is typed is one row down.
    await stage.screen.press('ctrl+l');
    await stage.screen.type('nb +#phys');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await stage.screen.press('Down');
    await stage.screen.press('Return');
    await until('the other tag', () => hasTags(stage.newRows()[0]?.id, ['history', 'physics']));
    await stage.screen.press('ctrl+l');
    await stage.screen.type('nb analytical');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await stage.screen.press('Return');
    // Nobody answers there; what could not be loaded is called by its host, or its address.
    await until('the row to be opened', async () =>
      /app\.notion\.com/.test(`${await page.url()} ${await page.title()}`),
    );
  });

  it('complete a tag in the note of the toast', async () => {
    await stage.connect();
    const page = await openPage(stage.browser.open);
    await quickSave(page, 'Saved to Notion');
    const [made] = stage.newRows();
    await stage.screen.press('n');
    await stage.screen.press('ctrl+a');
    await stage.screen.type('Of tides #hi');
    // What Enter does waits for what is offered.
    await stage.screen.press('Return');
    await stage.screen.press('Return');
    await until('the tag and the note in Notion', () =>
      stage.newRows().some(({ id, values }) => id === made?.id && values.Description === 'Of tides'),
    );
    expect(hasTags(made?.id, ['history'])).toBe(true);
    expect(stage.newRows()).toHaveLength(1);
  });

  it('complete a tag in the title of the popup, and then save', async () => {
    await stage.connect();
    await openPage(stage.browser.open);
    await stage.screen.press(shortcuts._execute_action.toLowerCase(), TIDES.title);
    const popup = await stage.browser.openedPopup();
    const title = popup.byRole('textbox', 'Title');
    await until('the page to have been read', async () => (await title.value()) === TIDES.title);
    await until('the field of tags to have the focus', () =>
      popup.evaluate(() => document.activeElement?.id === 'tags'),
    );
    // Back over the address.
    await stage.screen.press('shift+Tab');
    await stage.screen.press('shift+Tab');
    await stage.screen.press('ctrl+End');
    await stage.screen.type(' #re');
    const marked = () =>
      popup.evaluate(() => document.querySelector('.title-offers [aria-selected=true] .chip')?.textContent);
    await until('the likeliest', async () => (await marked()) === 'reference');
    await stage.screen.press('Down');
    await until('the next', async () => (await marked()) === 'long read');
    await stage.screenshot(popup, 'popup-title-tags');
    await stage.screen.press('Return');
    await until('the name to have left the title', async () => (await title.value()) === `${TIDES.title} `);
    expect(stage.newRows()).toEqual([]);
    await stage.screen.press('Return');
    await until('the row', () => stage.newRows().length === 1);
    expect(stage.newRows()).toMatchObject([{ title: TIDES.title, values: { Tags: ['long read'] } }]);
  });

  it('save a page that takes no toast, and the popup stands for it', async () => {
    await stage.connect();
    // Where nobody answers there is an error page; in Firefox its driver cannot see that, and its viewer does as well.
    const place =
      stage.driver.name === 'chromium' ? 'https://nobody.example/lost' : `http://site.test${TABLE.path}`;
    await (await stage.browser.open(place)).show();
    await stage.screen.press(shortcuts['quick-save'].toLowerCase());
    await until('the row', () => stage.newRows().length === 1);
    const [made] = stage.newRows();
    expect(made?.values.URL).toBe(place);
    const popup = await stage.browser.openedPopup();
    const says = (words: string) =>
      until(`"${words}"`, async () => (await popup.byRole('status').text()).includes(words));
    await says('Saved to Notion');
    for (const scheme of ['dark', 'light'] as const) {
      await popup.setColorScheme(scheme);
      await stage.screenshot(popup, `popup-for-toast-${scheme}`);
    }
    // Pressed again, the key does nothing to it: what is typed next still arrives there, without a click.
    await stage.screen.press(shortcuts['quick-save'].toLowerCase());
    await stage.screen.type('hist');
    await stage.screen.press('Return');
    await stage.screen.press('ctrl+Return');
    await until('the tag in Notion', () => hasTags(made?.id, ['history']));
    // The form is gone by then, in which a letter would be typed.
    await popup.byRole('button', messages.popup_edit.message).appear();
    await says('Saved to Notion');
    await stage.screen.press('u');
    await until('the row to be in the trash', () => stage.newRows().every(({ inTrash }) => inTrash));
    expect(stage.newRows()).toHaveLength(1);
  });

  it('save a PDF under its title, and say so over it or beside it', async () => {
    await stage.connect();
    const page = await stage.browser.open(`http://site.test${TABLE.path}`);
    await page.show();
    await stage.screen.press(shortcuts['quick-save'].toLowerCase(), TABLE.title);
    await until('the row', () => stage.newRows().length === 1);
    expect(stage.newRows()).toMatchObject([
      { title: TABLE.title, values: { URL: `http://site.test${TABLE.path}` } },
    ]);
    // Chromium lets scripts into the document around its viewer; Firefox's viewer takes none.
    const told = stage.driver.name === 'chromium' ? page : await stage.browser.openedPopup();
    await until('"Saved to Notion"', async () => (await toastText(told)).includes('Saved to Notion'));
    await stage.screenshot(told, 'pdf');
  });

  /** What the popup says that the key has opened in place of a toast. */
  async function saysWhy(): Promise<void> {
    const popup = await stage.browser.openedPopup();
    await until('the reason', async () =>
      (await popup.byRole('alert').text()).includes(messages.failure_page_not_savable_title.message),
    );
    expect(stage.newRows()).toEqual([]);
  }

  it('say in the popup why a page of the browser cannot be saved', async () => {
    await stage.connect();
    const isChromium = stage.driver.name === 'chromium';
    await (await stage.browser.open(isChromium ? 'chrome://credits' : 'about:license')).show();
    await stage.screen.press(shortcuts['quick-save'].toLowerCase(), isChromium ? 'Credits' : 'Licenses');
    await saysWhy();
  });

  it('save the page whose source is shown, where the browser tells what it is', async () => {
    await stage.connect();
    await openPage(stage.browser.open);
    await stage.screen.press('ctrl+u', TIDES.title);
    const title = stage.driver.name === 'chromium' ? 'view-source:' : 'http://site.test';
    await stage.screen.press(shortcuts['quick-save'].toLowerCase(), title);
    // Chromium tells no extension the address of such a tab, unless it may see all tabs.
    if (stage.driver.name === 'chromium') return saysWhy();
    await until('the row', () => stage.newRows().length === 1);
    expect(stage.newRows()[0]?.values.URL).toBe(`http://site.test${TIDES.path}`);
  });

  it('open the popup, in which Enter saves', async () => {
    await stage.connect();
    await openPage(stage.browser.open);
    await stage.screen.press(shortcuts._execute_action.toLowerCase(), TIDES.title);
    const popup = await stage.browser.openedPopup();
    await until('the page to have been read', async () => {
      return (await popup.byRole('textbox', 'Title').value()) === TIDES.title;
    });
    await stage.screen.press('Return');
    await until('the row', () => stage.newRows().length === 1);
  });

  it.each(['ru', 'gr'])('edit and undo from the popup by their places, in the layout %s', async (layout) => {
    await stage.connect();
    await openPage(stage.browser.open);
    await stage.screen.press(shortcuts._execute_action.toLowerCase(), TIDES.title);
    const popup = await stage.browser.openedPopup();
    const title = popup.byRole('textbox', 'Title');
    await until('the page to have been read', async () => (await title.value()) === TIDES.title);
    await stage.screen.press('Return');
    await until('the row', () => stage.newRows().length === 1);
    // With the focus there, its keys are heard.
    const hasFocus = () =>
      until('the status to have the focus', () =>
        popup.evaluate(() => document.activeElement?.id === 'status'),
      );
    await hasFocus();
    try {
      await stage.screen.layout(layout);
      await stage.screen.pressPlace('KeyE');
      await title.appear();
      await stage.screen.press('ctrl+Return');
      await hasFocus();
      await stage.screen.pressPlace('KeyU');
      await until('the row to be in the trash', () => stage.newRows().every(({ inTrash }) => inTrash));
      expect(stage.newRows()).toHaveLength(1);
    } finally {
      await stage.screen.layout('us');
    }
  });
});
