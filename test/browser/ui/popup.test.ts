/** The popup as a person uses it, mostly by keyboard alone. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import type { Destination } from '../../../src/core/database/destination.ts';
import { failure } from '../../../src/core/failure.ts';
import { findChromium } from '../drivers/programs.ts';
import { until } from '../drivers/until.ts';
import type { Scenario } from './fake-client.ts';
import {
  ALL_SHOWN,
  CUT,
  destination,
  GONE_PRESET,
  outboxOf,
  PAGE,
  READY,
  rowLost,
  SCENARIO,
  savedBefore,
  TAB,
  WITH_ALL_TYPES,
} from './states.ts';
import { buildUiPages, type UiPages } from './ui-pages.ts';

/** So many rows with these tags, of the site that is saved in all scenarios. */
const learnedRows = (count: number, tags: string[], title: string) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ id: `row ${at}`, at: at * 3_600_000, url: `https://example.org/history/${at}`, title, tags },
  }));

describe.skipIf(!findChromium())('the popup', () => {
  let pages: UiPages;
  let page: Page;
  beforeAll(async () => {
    pages = await buildUiPages();
  });
  afterEach(() => page.context().close());
  afterAll(() => pages.close());

  const open = async (scenario: Scenario = SCENARIO) => {
    page = await pages.open('popup', scenario);
  };
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const tags = () => page.getByRole('combobox', { name: 'Tags' });
  const database = () => page.getByRole('combobox', { name: 'Database' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const status = (words: string) => page.getByRole('status').getByText(words).waitFor();
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const chosenTags = () =>
    page
      .getByRole('button', { name: 'Remove tag' })
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')?.replace('Remove tag ', '')));
  /** Polls until it is so, and fails with the difference when it does not become so. */
  const becomes = (look: () => Promise<unknown>, expected: unknown) => expect.poll(look).toEqual(expected);
  const calls = (type: string) =>
    page.evaluate((wanted) => rowmark.calls.filter((call) => call.type === wanted), type);
  const asked = () => page.evaluate(() => rowmark.asked);
  const arrive = () =>
    page.evaluate(() => {
      rowmark.move({ type: 'claimed', at: Date.now() });
      rowmark.move({ type: 'created', at: Date.now(), row: { id: 'r', url: 'https://www.notion.so/r' } });
    });
  const refuse = (code: Parameters<typeof failure>[0]) =>
    page.evaluate((why) => {
      rowmark.move({ type: 'claimed', at: Date.now() });
      rowmark.move({ type: 'refused', at: Date.now(), failure: why, jitter: 0 });
    }, failure(code));
  const captured = async () => (await calls('keep')).map((call) => 'capture' in call && call.capture);

  /** Presses the key at that place of a keyboard whose layout types `key` there. */
  async function pressPlace(code: string, key: string): Promise<void> {
    const session = await page.context().newCDPSession(page);
    for (const type of ['keyDown', 'keyUp'] as const)
      await session.send('Input.dispatchKeyEvent', {
        type,
        code,
        key,
        ...(type === 'keyDown' ? { text: key } : {}),
      });
    await session.detach();
  }

  describe.each([
    ['Russian', { KeyE: 'у', KeyU: 'г', KeyT: 'е' }],
    ['Greek', { KeyE: 'ε', KeyU: 'θ', KeyT: 'τ' }],
    ['Hebrew', { KeyE: 'ק', KeyU: 'ו', KeyT: 'א' }],
    ['Arabic', { KeyE: 'ث', KeyU: 'ع', KeyT: 'ف' }],
  ])('letters of a keyboard in %s', (_, types) => {
    it('edit and undo a save by their places', async () => {
      await open();
      // With the focus there, its keys are heard.
      const hasFocus = () => becomes(() => page.evaluate(() => document.activeElement?.id), 'status');
      await press('Control+Enter');
      await hasFocus();
      await pressPlace('KeyE', types.KeyE);
      await box('Title').waitFor();
      await button('Save').click();
      await hasFocus();
      await pressPlace('KeyU', types.KeyU);
      await becomes(async () => (await calls('undo')).length, 1);
    });

    it('set a date to today', async () => {
      await open({ ...SCENARIO, stored: { ...READY, ...ALL_SHOWN } });
      await page.getByLabel('Read by', { exact: true }).focus();
      await pressPlace('KeyT', types.KeyT);
      await becomes(
        async () => /^\d{4}-\d\d-\d\d/.test(await page.getByLabel('Read by', { exact: true }).inputValue()),
        true,
      );
    });
  });

  describe('from open to saved', () => {
    it('needs nothing but the keyboard', async () => {
      await open();
      await becomes(() => box('Description').inputValue(), PAGE.meta.description);
      await page.keyboard.type('hist');
      await press('Enter');
      await page.keyboard.type('physics, new one');
      await press('Control+Enter');
      await status('Kept on this device');
      expect(await captured()).toMatchObject([
        {
          url: TAB.url,
          title: TAB.title,
          description: PAGE.meta.description,
          tags: ['history', 'physics', 'new one'],
        },
      ]);
      await arrive();
      await status('Saved to Notion');
      const link = page.getByRole('link', { name: 'Open in Notion' });
      expect(await link.getAttribute('href')).toBe('https://www.notion.so/r');
      await press('u');
      await status('Undoing');
      await page.evaluate(() => rowmark.move({ type: 'trashed', at: Date.now() }));
      await status('Undone');
      expect(await box('Title').inputValue()).toBe(TAB.title);
      expect(await chosenTags()).toEqual(['history', 'physics', 'new one']);
    });

    it('does not undo what a second Enter was meant to save', async () => {
      await open();
      await press('Enter');
      await status('Kept on this device');
      await press('Enter', 'Enter');
      expect(await calls('undo')).toEqual([]);
      expect(await calls('keep')).toHaveLength(1);
    });

    it('leads to saving several tabs, and names those that are selected', async () => {
      await open({ ...SCENARIO, selectedTabs: 3 });
      await button('3 selected tabs…').click();
      await becomes(() => page.evaluate(() => rowmark.asked), ['tabs page', 'close']);
      await page.context().close();
      await open();
      await button('Several tabs…').waitFor();
    });

    it('is usable while nobody answers, and says nothing was kept', async () => {
      await open({ ...SCENARIO, silent: ['keep', 'freshen-destination', 'choose-destination'] });
      await box('Title').fill('Mine');
      await press('Enter');
      await page.getByText('Keeping').waitFor();
      await press('Enter');
      await until('it to be asked for', async () => (await calls('keep')).length > 0);
      expect(await calls('keep')).toHaveLength(1);
      expect(await page.getByRole('status').textContent()).toBe('');
    });

    it('shows what is stored of a save, whatever happened in between', async () => {
      await open();
      await press('Enter');
      await status('It is on its way');
      await refuse('offline');
      await status('It will be sent by itself');
      expect(await page.getByRole('alert').textContent()).toContain('You are offline');
      await button('Try again').click();
      await becomes(async () => (await calls('try-now')).length, 1);
      await arrive();
      await status('Saved to Notion');
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('moves nothing when the page has been read, and keeps what was typed meanwhile', async () => {
      await open({ ...SCENARIO, pageIsSlow: true, page: { ...PAGE, title: 'Another title' } });
      expect(await box('Title').inputValue()).toBe(TAB.title);
      const places = () =>
        page.locator('input, textarea, button, select').evaluateAll((all) =>
          all.map((one) => {
            const { x, y, width, height } = one.getBoundingClientRect();
            return [x, y, width, height];
          }),
        );
      await box('Title').fill('Mine');
      const before = await places();
      await page.evaluate(() => rowmark.letPageBeRead());
      await becomes(() => box('Description').inputValue(), PAGE.meta.description);
      expect(await box('Title').inputValue()).toBe('Mine');
      expect(await places()).toEqual(before);
    });
  });

  describe('tags', () => {
    it('are a combobox as ARIA 1.2 has it', async () => {
      await open();
      const attribute = (name: string) => tags().getAttribute(name);
      expect(await attribute('aria-autocomplete')).toBe('list');
      expect(await attribute('aria-expanded')).toBe('false');
      expect(await attribute('aria-activedescendant')).toBeNull();
      await press('ArrowDown', 'ArrowDown');
      expect(await attribute('aria-expanded')).toBe('true');
      const list = page.getByRole('listbox');
      expect(await attribute('aria-controls')).toBe(await list.getAttribute('id'));
      const selected = list.getByRole('option', { selected: true });
      expect(await attribute('aria-activedescendant')).toBe(await selected.getAttribute('id'));
      expect(await selected.textContent()).toContain('physics');
      await press('ArrowUp', 'ArrowUp');
      expect(await selected.textContent()).toContain('JavaScript');
    });

    it('take the spelling that the database has, and no double', async () => {
      await open();
      await page.keyboard.type('javascript,JAVASCRIPT,');
      expect(await chosenTags()).toEqual(['JavaScript']);
    });

    it('are made by comma, Enter, pasting and leaving, and taken back by Backspace', async () => {
      await open();
      await page.keyboard.type('one,');
      await page.keyboard.type('two');
      await press('Escape', 'Enter');
      await tags().evaluate((field) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', 'three, four,\nfive');
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      });
      await page.keyboard.type('six');
      await press('Tab');
      await becomes(chosenTags, ['one', 'two', 'three', 'four', 'five', 'six']);
      await becomes(() => box('Description').evaluate((one) => one === document.activeElement), true);
      await tags().focus();
      await press('Backspace', 'Backspace');
      expect(await chosenTags()).toEqual(['one', 'two', 'three', 'four']);
      await button('Remove tag two').click();
      expect(await chosenTags()).toEqual(['one', 'three', 'four']);
      expect(await tags().evaluate((one) => one === document.activeElement)).toBe(true);
      expect(await calls('keep')).toEqual([]);
    });

    it('let Tab take what was highlighted by hand, and what was typed otherwise', async () => {
      await open();
      await page.keyboard.type('ma');
      await press('ArrowDown', 'Tab');
      await becomes(chosenTags, ['mathematics']);
      await tags().focus();
      await page.keyboard.type('phys');
      await press('Tab');
      await becomes(chosenTags, ['mathematics', 'phys']);
    });

    it('close the list on Escape, and the popup on the next', async () => {
      await open();
      await page.keyboard.type('ma');
      await page.getByRole('listbox').waitFor();
      await press('Escape');
      await page.getByRole('listbox').waitFor({ state: 'hidden' });
      expect(await asked()).toEqual([]);
      expect(await tags().inputValue()).toBe('ma');
      await press('Escape');
      expect(await asked()).toEqual(['close']);
    });

    it('leave the keys of an input method alone', async () => {
      await open();
      const session = await page.context().newCDPSession(page);
      const compose = (text: string) =>
        session.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });
      await compose('れき');
      for (const key of ['Enter', 'Backspace', 'Escape', 'ArrowDown']) {
        await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key });
        await session.send('Input.dispatchKeyEvent', { type: 'keyUp', windowsVirtualKeyCode: 229, key });
      }
      expect(await chosenTags()).toEqual([]);
      expect(await calls('keep')).toEqual([]);
      expect(await asked()).toEqual([]);
      await session.send('Input.insertText', { text: '歴史' });
      await becomes(() => tags().inputValue(), '歴史');
      await press('Enter');
      expect(await chosenTags()).toEqual(['歴史']);
    });

    it('never cover Save, nor move it from under the pointer', async () => {
      await open();
      await page.keyboard.type('ma');
      const list = await page.getByRole('listbox').boundingBox();
      const save = await button('Save').boundingBox();
      if (!list || !save) throw new Error('One of them is not shown.');
      expect(list.y + list.height).toBeLessThanOrEqual(save.y);
      await button('Save').click();
      await status('Kept on this device');
      expect(await captured()).toMatchObject([{ tags: ['ma'] }]);
    });

    it('are offered by how they were used on this site, before anything is typed', async () => {
      await open({ ...SCENARIO, learned: { reading: learnedRows(2, ['magnetism'], 'Untold') } });
      await box('Title').waitFor();
      await expect
        .poll(async () => {
          await tags().press('ArrowDown');
          return page.locator('#tags-list [role=option]').first().textContent();
        })
        .toBe('magnetism');
    });

    describe('proposed', () => {
      const proposals = () => page.getByRole('group', { name: 'Proposed tags' }).getByRole('button');
      const names = () => proposals().allTextContents();
      const words = `${SCENARIO.tab?.title} ${SCENARIO.page?.meta.description}`;
      const both = { reading: learnedRows(12, ['magnetism', 'physics'], words) };
      const many = {
        reading: learnedRows(12, ['magnetism', 'physics', 'history', 'electromagnetism', 'waves'], words),
      };

      it('are shown below the field where they are likely, say why, and are never taken unasked', async () => {
        await open({ ...SCENARIO, learned: both });
        await expect.poll(names).toEqual(['+ physics', '+ magnetism', 'Add all']);
        expect(await proposals().first().getAttribute('title')).toMatch(/by the words|from example\.org/);
        await button('Save').click();
        await status('Kept on this device');
        expect(await captured()).toMatchObject([{ tags: [] }]);
      });

      it('are taken by keyboard: one by one, or all', async () => {
        await open({ ...SCENARIO, learned: both });
        await expect.poll(names).toHaveLength(3);
        await tags().focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
        await expect.poll(names).not.toContain('+ magnetism');
        await page.keyboard.press('Enter');
        await expect.poll(() => proposals().count()).toBe(0);
        await page.keyboard.press('Enter');
        await status('Kept on this device');
        expect(await captured()).toMatchObject([{ tags: ['magnetism', 'physics'] }]);
      });

      it('are none where nothing is known, or where they are not wanted', async () => {
        await open({ ...SCENARIO });
        await box('Description').waitFor();
        expect(await proposals().count()).toBe(0);
        await page.context().close();
        const settings = { ...READY.settings, proposesTags: false };
        await open({ ...SCENARIO, stored: { ...READY, settings }, learned: both });
        await box('Description').waitFor();
        await tags().press('ArrowDown');
        await page.locator('#tags-list [role=option]').first().waitFor();
        expect(await proposals().count()).toBe(0);
      });

      it('move nothing when they come', async () => {
        await open({ ...SCENARIO });
        const without = await box('Description').boundingBox();
        await page.context().close();
        await open({ ...SCENARIO, learned: many });
        await expect.poll(async () => (await names()).length).toBeGreaterThan(3);
        expect(await box('Description').boundingBox()).toEqual(without);
      });
    });

    it('say where they go when the database has none', async () => {
      const bare = {
        ...READY['destination:reading'],
        mapping: { ...READY['destination:reading'].mapping, tags: null },
      };
      await open({ ...SCENARIO, stored: { ...READY, 'destination:reading': bare } });
      await page.keyboard.type('history,');
      await page.getByText('they go into the page').waitFor();
    });
  });

  describe('the properties of the database', () => {
    const all: Scenario = {
      ...SCENARIO,
      stored: { ...READY, ...ALL_SHOWN },
      people: [
        { id: 'ada', name: 'Ada Lovelace' },
        { id: 'grace', name: 'Grace Hopper' },
      ],
      related: [
        { id: 'p1', name: 'Engine' },
        { id: 'p2', name: 'Engine' },
        { id: 'p3', name: 'Notes' },
      ],
    };

    it('are all set by keyboard alone, from open to saved', async () => {
      await open(all);
      await becomes(() => box('Title').inputValue(), TAB.title);
      await page.getByLabel('Status', { exact: true }).waitFor();
      await becomes(() => page.evaluate(() => document.activeElement?.id), 'tags');
      await press('Tab', 'Tab');
      await becomes(() => page.evaluate(() => document.activeElement?.id), 'property-st');
      await page.keyboard.type('Reading');
      await press('Tab');
      await page.keyboard.type('bo');
      await press('Enter', 'Tab');
      await page.keyboard.type('calm, new');
      await press('Enter', 'Tab');
      await page.keyboard.type('t');
      // Day, month and year are three stops; then today, time and range.
      await press('Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
      while ((await page.evaluate(() => document.activeElement?.id)) !== 'property-c') await press('Tab');
      await press('Space', 'Tab');
      await page.keyboard.type('12,5');
      await press('Tab');
      await page.keyboard.type('Two words');
      await press('Tab');
      await page.keyboard.type('https://archive.example/x');
      await press('Tab');
      await page.keyboard.type('ada@example.org');
      await press('Tab');
      await page.keyboard.type('+44 1');
      await press('Tab');
      await becomes(() => calls('list-people').then((all) => all.length), 1);
      await page.keyboard.type('gra');
      await press('Enter', 'Tab');
      await page.keyboard.type('engine');
      await page.getByRole('option', { name: 'Engine (2)' }).waitFor();
      await press('ArrowDown', 'Enter', 'Tab');
      await page.keyboard.type('https://example.org/a.pdf');
      await press('Control+Enter');
      await status('Kept on this device');
      const [saved] = await captured();
      const today = new Date().toLocaleDateString('sv');
      const values = saved ? (saved.values ?? []) : [];
      expect(Object.fromEntries(values.map(({ id, value }) => [id, value]))).toEqual({
        st: { kind: 'text', text: 'Reading' },
        k: { kind: 'list', items: [{ name: 'Book', id: 'Book-id' }] },
        m: { kind: 'list', items: [{ name: 'calm', id: 'calm-id' }, { name: 'new' }] },
        day: { kind: 'date', start: today, end: null, timeZone: null },
        c: { kind: 'flag', on: true },
        n: { kind: 'text', text: '12,5' },
        r: { kind: 'text', text: 'Two words' },
        l: { kind: 'text', text: 'https://archive.example/x' },
        e: { kind: 'text', text: 'ada@example.org' },
        p: { kind: 'text', text: '+44 1' },
        w: { kind: 'list', items: [{ name: 'Grace Hopper', id: 'grace' }] },
        rel: { kind: 'list', items: [{ name: 'Engine', id: 'p2' }] },
        f: { kind: 'list', items: [{ name: 'https://example.org/a.pdf' }] },
      });
      expect(await page.getByText('From the future').count()).toBe(0);
    });

    it('are offered without any set-up, the others to be added one by one', async () => {
      await open({ ...all, stored: { ...READY, 'destination:reading': WITH_ALL_TYPES } });
      for (const name of ['Status', 'Kind', 'Moods']) await page.getByLabel(name, { exact: true }).waitFor();
      expect(await page.getByLabel('Pages', { exact: true }).count()).toBe(0);
      await page.getByRole('combobox', { name: 'Add a property…' }).selectOption('Pages');
      await becomes(() => page.evaluate(() => document.activeElement?.id), 'property-n');
      await page.keyboard.type('many');
      await page.getByText('Not a number').waitFor();
      expect(await page.getByRole('option', { name: 'Formula' }).count()).toBe(0);
    });

    it('take what was meant by an Enter that is faster than what is found', async () => {
      const only = { shown: ['rel'], starts: {}, mapping: {}, version: 1 };
      const stored = { ...READY, 'destination:reading': WITH_ALL_TYPES, 'form:reading': only };
      await open({ ...all, stored, late: ['search-related'] });
      const pages = page.getByRole('combobox', { name: 'Project', exact: true });
      await pages.fill('not');
      await pages.press('Enter');
      expect(await captured()).toEqual([]);
      await page.getByRole('button', { name: 'Remove tag Notes' }).waitFor();
      expect(await pages.inputValue()).toBe('');
      // What is typed on is meant, and not what stood there before.
      await pages.fill('eng');
      await pages.press('Enter');
      await pages.press('x');
      await becomes(() => page.getByText('Looking…').count(), 0);
      expect(await pages.inputValue()).toBe('engx');
      expect(await page.getByRole('button', { name: 'Remove tag Engine' }).count()).toBe(0);
    });

    it('tell what came alone, where one option takes the place of another', async () => {
      await open({ ...all, stored: { ...READY, 'destination:reading': WITH_ALL_TYPES } });
      const kind = page.getByRole('combobox', { name: 'Kind', exact: true });
      for (const option of ['Article', 'Book']) {
        await kind.fill(option);
        await kind.press('Enter');
      }
      await page.getByText('Added Book', { exact: true }).waitFor({ state: 'attached' });
      expect(await page.getByText(/^Added .*Article/).count()).toBe(0);
    });

    it('begin as the user has set them, however soon is saved', async () => {
      const form = {
        version: 1,
        mapping: {},
        shown: ['st'],
        starts: {
          st: { from: 'fixed', value: { kind: 'text', text: 'To read' } },
          r: { from: 'author' },
        },
      };
      const stored = { ...READY, 'destination:reading': WITH_ALL_TYPES, 'form:reading': form };
      await open({
        ...all,
        stored,
        page: { ...PAGE, meta: { ...PAGE.meta, authors: ['James Clerk Maxwell'] } },
      });
      await becomes(() => box('Description').inputValue(), PAGE.meta.description);
      await press('Control+Enter');
      await status('Kept on this device');
      expect((await captured())[0]).toMatchObject({
        values: [
          { id: 'st', name: 'Status', value: { kind: 'text', text: 'To read' } },
          { id: 'r', name: 'Remarks', value: { kind: 'text', text: 'James Clerk Maxwell' } },
        ],
      });
    });

    it('come along to another database where names and types are the same', async () => {
      const recipes: Destination = {
        ...destination(),
        id: 'recipes',
        properties: [
          ...destination().properties,
          { id: 'other', name: 'Kind', type: 'select', options: [] },
          { id: 'another', name: 'Pages', type: 'checkbox' },
        ],
      };
      await open({ ...all, stored: { ...READY, ...ALL_SHOWN, 'destination:recipes': recipes } });
      await page.getByLabel('Kind', { exact: true }).fill('Book');
      await page.getByLabel('Pages', { exact: true }).fill('12');
      await database().fill('recipes');
      await press('Enter');
      await becomes(() => page.getByLabel('Status', { exact: true }).count(), 0);
      await press('Control+Enter');
      await status('Kept on this device');
      expect((await captured())[0]).toMatchObject({
        values: [{ id: 'other', name: 'Kind', value: { kind: 'list', items: [{ name: 'Book' }] } }],
      });
    });

    it('are there again when the popup is opened again', async () => {
      await open(all);
      await page.getByLabel('Remarks', { exact: true }).fill('Half a thought');
      await becomes(
        () =>
          page.evaluate(
            () =>
              (Object.values(rowmark.drafts())[0] as { fields: { values?: unknown[] } } | undefined)?.fields
                .values?.length,
          ),
        1,
      );
      await page.reload();
      await becomes(() => page.getByLabel('Remarks', { exact: true }).inputValue(), 'Half a thought');
    });
  });

  describe('what was typed', () => {
    it('is there again when the popup is opened again, until it is kept', async () => {
      await open();
      await box('Title').fill('Mine');
      await tags().fill('history, half a ta');
      await becomes(() => page.evaluate((id) => rowmark.drafts()[id]?.fields, TAB.id), {
        url: TAB.url,
        title: 'Mine',
        description: PAGE.meta.description,
        tags: ['history'],
        tagInput: 'half a ta',
        values: [],
      });
      await page.reload();
      await box('Title').waitFor();
      expect(await box('Title').inputValue()).toBe('Mine');
      expect(await chosenTags()).toEqual(['history']);
      expect(await tags().inputValue()).toBe('half a ta');
      await press('Control+Enter');
      await status('Kept on this device');
      expect(await captured()).toMatchObject([{ title: 'Mine', tags: ['history', 'half a ta'] }]);
      expect(await page.evaluate(() => rowmark.drafts())).toEqual({});
    });

    it('is not shown on another page of the same tab', async () => {
      const fields = {
        url: 'https://example.org/other',
        title: 'Other',
        description: '',
        tags: [],
        tagInput: '',
      };
      await open({ ...SCENARIO, draft: { url: 'https://example.org/other', fields, destinationId: null } });
      expect(await box('Title').inputValue()).toBe(TAB.title);
    });

    it('is not remembered as typed when it was only read', async () => {
      await open();
      await becomes(() => box('Description').inputValue(), PAGE.meta.description);
      await page.evaluate(() => dispatchEvent(new Event('pagehide')));
      expect(await page.evaluate(() => rowmark.drafts())).toEqual({});
    });

    it('stays when it could not be kept, and can be kept again', async () => {
      await open({ ...SCENARIO, failing: { keep: failure('storage-full') } });
      await box('Title').fill('Mine');
      await press('Enter');
      const alert = page.getByRole('alert');
      await alert.getByText('Nothing is kept yet').waitFor();
      expect(await box('Title').inputValue()).toBe('Mine');
      await page.evaluate(() => rowmark.change({ failing: {} }));
      await button('Save').click();
      await status('Kept on this device');
      expect(await alert.count()).toBe(0);
    });

    it('can be changed when Notion refused it, and is the same save', async () => {
      await open();
      await press('Enter');
      await status('Kept on this device');
      await refuse('values-refused');
      await page.getByRole('alert').getByText('What you typed is kept').waitFor();
      await box('Title').fill('Changed');
      await press('Enter');
      await status('Kept on this device');
      const [kept] = await calls('keep');
      const amended = await calls('amend');
      expect(amended).toMatchObject([
        { saveId: kept && 'saveId' in kept && kept.saveId, capture: { title: 'Changed' } },
      ]);
    });

    it('of an earlier save that needs the user is taken up again, with later changes on top', async () => {
      const old = savedBefore('old', { state: 'needs-you', failure: failure('not-shared') });
      const fields = { ...old.capture, title: 'Changed', tagInput: '' };
      await open({
        ...SCENARIO,
        stored: { ...READY, ...outboxOf(old) },
        draft: { url: TAB.url, fields, destinationId: 'reading' },
      });
      await page.getByRole('alert').getByText('not shared').waitFor();
      expect(await box('Title').inputValue()).toBe('Changed');
      expect(await box('Description').inputValue()).toBe('Kept before.');
      await database().fill('recipes');
      await press('Enter');
      await button('Save').click();
      await status('Kept on this device');
      expect(await calls('amend')).toMatchObject([{ saveId: 'old', destinationId: 'recipes' }]);
      expect(await calls('keep')).toEqual([]);
    });

    it('is changed in a tab of its own, where nothing is read of any page', async () => {
      const old = savedBefore('old', { failure: failure('offline') });
      page = await pages.open('popup', { ...SCENARIO, stored: { ...READY, ...outboxOf(old) } }, '?save=old');
      await becomes(() => box('Title').inputValue(), old.capture.title);
      expect(await page.getByRole('alert').count()).toBe(0);
      await box('Title').fill('Changed');
      await button('Save').click();
      await status('Kept on this device');
      expect(await page.evaluate(() => rowmark.calls.map(({ type }) => type))).toEqual([
        'hold',
        'freshen-destination',
        'amend',
      ]);
    });

    it('keeps what was typed of it when that tab is left, and offers it again', async () => {
      const old = savedBefore('old', { failure: failure('offline') });
      const scenario = { ...SCENARIO, stored: { ...READY, ...outboxOf(old) } };
      page = await pages.open('popup', scenario, '?save=old');
      await becomes(() => box('Title').inputValue(), old.capture.title);
      await page.getByRole('combobox', { name: 'Tags' }).waitFor();
      expect(await page.evaluate(() => rowmark.drafts())).toEqual({});
      await box('Title').fill('Changed');
      await tags().fill('half a ta');
      await becomes(() => page.evaluate(() => Object.keys(rowmark.drafts())), ['old']);
      await press('Escape', 'Escape');
      await becomes(asked, ['close']);
      await page.reload();
      await becomes(() => box('Title').inputValue(), 'Changed');
      expect(await tags().inputValue()).toBe('half a ta');
      await button('Save').click();
      await status('Kept on this device');
      expect(await calls('amend')).toMatchObject([{ saveId: 'old', capture: { title: 'Changed' } }]);
      expect(await page.evaluate(() => rowmark.drafts())).toEqual({});
    });

    it('can be saved again when something broke over it', async () => {
      await open({ ...SCENARIO, breaking: ['keep'] });
      await box('Title').fill('Typed');
      await button('Save').click();
      await page.getByRole('alert').getByText(messages.failure_unexpected_title.message).waitFor();
      expect(await box('Title').inputValue()).toBe('Typed');
      await page.evaluate(() => rowmark.change({ breaking: [] }));
      await button('Save').click();
      await status('Kept on this device');
      expect(await captured()).toMatchObject([{ title: 'Typed' }, { title: 'Typed' }]);
    });

    it('stays as it was typed when the save has left meanwhile, and its row follows', async () => {
      const old = savedBefore('old', { state: 'needs-you', failure: failure('values-refused') });
      await open({ ...SCENARIO, stored: { ...READY, ...outboxOf(old) } });
      await box('Title').fill('Changed');
      await page.evaluate(() => rowmark.move({ type: 'try-now', at: Date.now() }));
      await arrive();
      await button('Update').waitFor();
      expect(await box('Title').inputValue()).toBe('Changed');
      await button('Update').click();
      await becomes(async () => (await calls('amend')).length, 1);
      expect(await calls('amend')).toMatchObject([{ saveId: 'old', capture: { title: 'Changed' } }]);
      expect(await calls('keep')).toEqual([]);
    });

    it('whose row is in the trash is named so, and taken out by a button', async () => {
      await open({ ...SCENARIO, stored: { ...READY, ...outboxOf(rowLost('row-in-trash')) } });
      await page.getByRole('alert').getByText("Its row is in Notion's trash").waitFor();
      await status('What you typed is kept');
      await button('Take it out of the trash').click();
      await becomes(() => calls('restore-row'), [{ type: 'restore-row', saveId: 'old' }]);
      await page.getByRole('alert').waitFor({ state: 'detached' });
    });

    it.each(['row-in-trash', 'row-gone'] as const)(
      'with %s is saved as a new row, and followed',
      async (code) => {
        await open({ ...SCENARIO, stored: { ...READY, ...outboxOf(rowLost(code)) } });
        await button('Save as a new row').focus();
        await press('Enter');
        await status('It is on its way');
        expect(await calls('save-anew')).toEqual([{ type: 'save-anew', saveId: 'old' }]);
        await page.evaluate(() =>
          rowmark.put({
            'save:old~anew': {
              ...(rowmark.stored()['save:old~anew'] as object),
              state: 'in-notion',
              row: { id: 'n', url: 'https://www.notion.so/n' },
            },
          }),
        );
        await status('Saved to Notion');
      },
    );

    it('of a change that Notion refused leads back to the fields', async () => {
      const old = savedBefore('old', {
        state: 'needs-you',
        failure: failure('values-refused'),
        row: { id: 'r', url: 'https://www.notion.so/r' },
      });
      await open({ ...SCENARIO, stored: { ...READY, ...outboxOf(old) } });
      await button('Change the fields').click();
      await becomes(() => tags().evaluate((one) => one === document.activeElement), true);
      await box('Title').fill('Changed');
      await press('Enter');
      await becomes(async () => (await calls('amend')).length, 1);
    });

    it('that Notion has no room for can go to another database, whose field is led to', async () => {
      const old = savedBefore('old', {
        state: 'needs-you',
        failure: failure('block-limit'),
        row: { id: 'r', url: 'https://www.notion.so/r' },
      });
      await open({ ...SCENARIO, stored: { ...READY, ...outboxOf(old) } });
      await button('Choose a database').click();
      await becomes(() => database().evaluate((one) => one === document.activeElement), true);
    });

    it('that Notion asks to wait with says until when, and offers nothing that cannot be done', async () => {
      await open({ ...SCENARIO, stored: { ...READY, ...outboxOf() } });
      await press('Enter');
      await status('Kept on this device');
      await page.evaluate(() => {
        rowmark.move({ type: 'claimed', at: Date.now() });
        const why = { code: 'rate-limited', retryAfter: 3600 } as const;
        rowmark.move({ type: 'refused', at: Date.now(), failure: why, jitter: 0 });
      });
      const alert = page.getByRole('alert');
      await alert.getByText('asks to slow down').waitFor();
      expect(await alert.textContent()).toMatch(/wait until .*\d:\d\d/);
      expect(await alert.textContent()).not.toContain('moment');
      expect(await alert.getByRole('button').count()).toBe(0);
    });

    it('cannot be changed while it may be in Notion already', async () => {
      const old = savedBefore('old', { state: 'needs-you', failure: failure('request-blocked'), sentAt: 1 });
      await open({ ...SCENARIO, stored: { ...READY, ...outboxOf(old) } });
      await status('It may have arrived already');
      expect(await button('Save').count()).toBe(0);
      await button('Try again').click();
      await becomes(() => calls('try-now'), [{ type: 'try-now', saveId: 'old' }]);
      expect(await calls('keep')).toEqual([]);
    });
  });

  describe('after saving', () => {
    it('what was saved is changed by one key, and the row follows', async () => {
      await open();
      await press('Enter');
      await status('Kept on this device');
      await arrive();
      await status('Saved to Notion');
      await press('e');
      await button('Update').waitFor();
      await tags().focus();
      await page.keyboard.type('hist');
      await press('Enter', 'Control+Enter');
      await becomes(async () => (await calls('amend')).length, 1);
      expect(await calls('amend')).toMatchObject([{ capture: { title: TAB.title, tags: ['history'] } }]);
      // Until the row has followed, it is not said to be saved.
      await status('The row in Notion will follow');
      await page.evaluate(() => {
        const [{ capture } = { capture: undefined }] = rowmark.calls.flatMap((call) =>
          call.type === 'amend' ? [call] : [],
        );
        if (capture) rowmark.move({ type: 'updated', at: Date.now(), capture });
      });
      await status('Saved to Notion');
    });

    it('what did not fit is told, and offered again', async () => {
      const misfits = ['Status: Someday'];
      const row = { id: 'r', url: 'https://www.notion.so/r' };
      await open();
      await press('Enter');
      await status('Kept on this device');
      await page.evaluate(
        (made) => {
          rowmark.move({ type: 'claimed', at: Date.now() });
          rowmark.move({ type: 'created', at: Date.now(), ...made });
        },
        { row, misfits },
      );
      await page.getByText('Kept as text in the page').waitFor();
      expect(await page.getByText('Status: Someday').isVisible()).toBe(true);
      await button('Choose again').click();
      await button('Update').waitFor();
    });
  });

  it.each([
    ['goes', 'Remove it', 'remove-double'],
    ['stays', 'Keep it', 'keep-double'],
  ] as const)(
    'a row that may be a second one is told, and %s when the user says so',
    async (_, name, type) => {
      await open();
      await press('Enter');
      await status('Kept on this device');
      await page.evaluate(() => {
        const at = Date.now();
        rowmark.move({ type: 'claimed', at });
        const row = { id: 'r', url: 'https://www.notion.so/r' };
        rowmark.move({ type: 'created', at, row, doubt: { madeAt: at, lookedAt: null } });
        const suspects = [{ id: 'd', url: 'https://www.notion.so/d' }];
        rowmark.move({ type: 'verified', at, asOf: at, doubles: [], suspects });
      });
      await status('Saved to Notion');
      await page.getByText('There may be a second row').waitFor();
      await button(name).press('Enter');
      await page.getByText('There may be a second row').waitFor({ state: 'detached' });
      expect(await calls(type)).toMatchObject([{ rowId: 'd' }]);
    },
  );

  describe('a page that is saved already', () => {
    const held = {
      url: TAB.url,
      title: 'As it was named',
      description: 'Of old.',
      tags: ['physics'],
      values: [],
      at: Date.UTC(2026, 4, 3, 12),
      origin: 'import' as const,
    };
    const saved = { kind: 'row' as const, row: { id: 'r', url: 'https://www.notion.so/r' }, held };

    it("shows the row's own values, and changes them", async () => {
      await open({ ...SCENARIO, saved });
      await page.getByText('Already in Notion').waitFor();
      await page.getByText('Saved May 3, 2026.').waitFor();
      await becomes(() => box('Title').inputValue(), 'As it was named');
      await becomes(() => box('Description').inputValue(), 'Of old.');
      await becomes(chosenTags, ['physics']);
      await tags().focus();
      await page.keyboard.type('hist');
      await press('Enter', 'Control+Enter');
      await becomes(async () => (await calls('change-row')).length, 1);
      expect(await calls('change-row')).toMatchObject([
        { row: saved.row, held, capture: { ...held, tags: ['physics', 'history'] } },
      ]);
      expect(await calls('keep')).toEqual([]);
      await button('Undo').waitFor();
      await press('u');
      await becomes(async () => (await calls('undo')).length, 1);
      await status('as it was before');
    });

    it('is saved again when the user wants that, with what the page says', async () => {
      await open({ ...SCENARIO, saved });
      await button('Save again').click();
      await becomes(() => box('Title').inputValue(), TAB.title);
      await becomes(chosenTags, []);
      await press('Control+Enter');
      await status('Kept on this device');
      expect(await calls('keep')).toMatchObject([{ seek: false, capture: { title: TAB.title } }]);
    });

    it('takes nothing away that was typed before it was known', async () => {
      await open({ ...SCENARIO, silent: ['find-saved'] });
      await tags().focus();
      await page.keyboard.type('hist');
      await press('Enter', 'Control+Enter');
      await becomes(async () => (await calls('keep')).length, 1);
      // The background looks before it makes a second row.
      expect(await calls('keep')).toMatchObject([{ seek: true, capture: { tags: ['history'] } }]);
    });

    it('is not looked for twice when Notion knows of none', async () => {
      await open();
      await becomes(async () => (await calls('find-saved')).length, 2);
      await press('Enter');
      await status('Kept on this device');
      expect(await calls('keep')).toMatchObject([{ seek: false }]);
    });
  });

  describe('in the place of a toast', () => {
    const quickSaved = (change: Parameters<typeof savedBefore>[1], isAgain = false): Scenario => ({
      ...SCENARIO,
      stored: { ...READY, ...outboxOf(savedBefore('q', change)) },
      subject: { saveId: 'q', isAgain, at: Date.now() },
    });
    const row = { id: 'r', url: 'https://www.notion.so/r' };

    it('shows what was just saved, to be changed at once', async () => {
      await open(quickSaved({}));
      await status('Kept on this device');
      await becomes(chosenTags, ['physics']);
      await becomes(() => tags().evaluate((field) => field === document.activeElement), true);
      await arrive();
      await status('Saved to Notion');
      expect(await page.getByRole('link', { name: 'Open in Notion' }).getAttribute('href')).toBe(row.url);
      await page.keyboard.type('hist');
      await press('Enter', 'Control+Enter');
      await becomes(async () => (await calls('amend')).length, 1);
      expect(await calls('amend')).toMatchObject([
        { saveId: 'q', destinationId: 'reading', capture: { tags: ['physics', 'history'] } },
      ]);
      // It is known which save it is: nobody is asked.
      expect([...(await calls('find-saved')), ...(await calls('keep'))]).toEqual([]);
    });

    it('misses nothing that happens while it opens', async () => {
      await open({ ...quickSaved({}), arrivesMeanwhile: true });
      await status('Saved to Notion');
      await tags().waitFor();
      expect(await page.getByText('1 waiting').count()).toBe(0);
    });

    it('takes it back, and lets it be saved again', async () => {
      await open(quickSaved({ state: 'in-notion', row }));
      await status('Saved to Notion');
      await button('Undo').click();
      await page.getByText('Undoing').waitFor();
      expect(await calls('undo')).toEqual([{ type: 'undo', saveIds: ['q'] }]);
      await page.evaluate(() => rowmark.move({ type: 'trashed', at: Date.now() }));
      await button('Save').click();
      await becomes(async () => (await calls('keep')).length, 1);
      expect(await calls('amend')).toEqual([]);
    });

    it('says when it was saved before, and which way it needs the user', async () => {
      await open(quickSaved({ state: 'in-notion', row }, true));
      await status('Already in Notion');
      await page.context().close();
      await open(quickSaved({ state: 'needs-you', failure: failure('not-shared') }));
      await page.getByRole('alert').waitFor();
      await becomes(chosenTags, ['physics']);
    });

    it('moves it to another database', async () => {
      await open(quickSaved({ state: 'in-notion', row }));
      await status('Saved to Notion');
      await database().click();
      await database().fill('recipes');
      await press('Enter', 'Control+Enter');
      await becomes(async () => (await calls('amend')).length, 1);
      expect(await calls('amend')).toMatchObject([{ saveId: 'q', destinationId: 'recipes' }]);
    });
  });

  describe('a preset', () => {
    const preset = {
      id: 'p',
      name: 'Papers',
      destinationId: 'reading',
      beginning: { starts: {}, tags: ['physics'], template: 'default' },
      key: null,
      sites: [] as string[],
    };
    const withPreset = (sites: string[]) => ({
      ...SCENARIO,
      stored: { ...READY, presets: { version: 1, presets: [{ ...preset, sites }] } },
    });

    it('is chosen where databases are, and the save begins with what it says', async () => {
      await open(withPreset([]));
      await database().click();
      await page.keyboard.type('pap');
      await press('Enter');
      await expect.poll(() => database().inputValue()).toContain('Papers');
      await becomes(chosenTags, ['physics']);
      await press('Control+Enter');
      await status('Kept on this device');
      expect(await calls('keep')).toMatchObject([
        { isByPreset: true, destinationId: 'reading', capture: { tags: ['physics'], template: 'default' } },
      ]);
    });

    it('is chosen by the site of the page', async () => {
      await open(withPreset([new URL(TAB.url).host]));
      await becomes(chosenTags, ['physics']);
      await expect.poll(() => database().inputValue()).toContain('Papers');
    });
  });

  it('puts an address back that was cleaned, when the user wants it as it was', async () => {
    const visited = `${TAB.url}?utm_source=feed`;
    await open({ ...SCENARIO, tab: { ...TAB, url: visited }, page: { ...PAGE, url: visited } });
    await page.getByText('Address cleaned.').waitFor();
    expect(await box('URL').inputValue()).toBe(TAB.url);
    await button('Put back').click();
    await becomes(() => box('URL').inputValue(), visited);
    await becomes(() => page.getByText('Address cleaned.').count(), 0);
  });

  it('saves what a reader view shows by its own address, and says so', async () => {
    const url = `about:reader?url=${encodeURIComponent(TAB.url)}`;
    const { page: _, ...unread } = SCENARIO;
    await open({ ...unread, tab: { ...TAB, url } });
    await page.getByText('The page’s own address.').waitFor();
    expect(await box('URL').inputValue()).toBe(TAB.url);
    // The other one could not be saved.
    expect(await button('Put back').count()).toBe(0);
    await press('Control+Enter');
    await status('Kept on this device');
    expect(await calls('keep')).toMatchObject([{ capture: { url: TAB.url, title: TAB.title } }]);
  });

  it('saves what a cache shows by its own address, unless the user wants the copy', async () => {
    const visited = `https://www.google.com/amp/s/${TAB.url.replace('https://', '')}`;
    await open({ ...SCENARIO, tab: { ...TAB, url: visited }, page: { ...PAGE, url: visited } });
    await page.getByText('The page’s own address.').waitFor();
    expect(await box('URL').inputValue()).toBe(TAB.url);
    const asked = (await calls('find-saved')) as { url?: string }[];
    expect(asked.map(({ url }) => url)).toEqual(asked.map(() => TAB.url));
    await button('Put back').click();
    await becomes(() => box('URL').inputValue(), visited);
  });

  describe('the title line', () => {
    const typeAtEnd = async (words: string) => {
      await box('Title').focus();
      await press('Control+End');
      await page.keyboard.type(words);
    };

    it('takes tags, a status and a database to where they belong, as they are typed', async () => {
      await open({ ...SCENARIO, stored: { ...READY, 'destination:reading': WITH_ALL_TYPES } });
      await page.getByLabel('Status', { exact: true }).waitFor();
      await typeAtEnd(' #history !reading #"two words" ');
      await becomes(chosenTags, ['history', 'two words']);
      await becomes(() => page.getByLabel('Status', { exact: true }).inputValue(), 'Reading');
      await page.keyboard.type('@recip and no more');
      await becomes(() => box('Title').inputValue(), `${TAB.title} and no more`);
      await expect.poll(() => database().inputValue()).toContain('Recipes');
    });

    it('counts also without a space behind it, when it is saved', async () => {
      await open();
      await becomes(() => box('Title').inputValue(), TAB.title);
      await typeAtEnd(' #history');
      await press('Enter');
      await status('Kept on this device');
      expect(await captured()).toMatchObject([{ title: TAB.title, tags: ['history'] }]);
    });

    it("leaves the page's own title, and what is pasted, as they are", async () => {
      const title = 'Why #1 is not @home in C#';
      await open({ ...SCENARIO, tab: { ...TAB, title }, page: { ...PAGE, title } });
      await typeAtEnd(' indeed ');
      expect(await chosenTags()).toEqual([]);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(() => navigator.clipboard.writeText('#pasted'));
      await press('Control+v');
      await page.keyboard.type(' ');
      expect(await box('Title').inputValue()).toBe(`${title} indeed #pasted `);
    });
  });

  describe('names in the title line', () => {
    const preset = {
      id: 'p',
      name: 'Evening',
      destinationId: 'recipes',
      beginning: { starts: {}, tags: ['later'] },
      key: null,
      sites: [],
    };
    const recipes = { ...destination(), id: 'recipes', title: 'Recipes' };
    const FULL: Scenario = {
      ...SCENARIO,
      stored: {
        ...READY,
        'destination:reading': WITH_ALL_TYPES,
        'destination:recipes': recipes,
        presets: { version: 1, presets: [preset] },
      },
    };
    const begin = async (scenario: Scenario, words: string) => {
      await open(scenario);
      await becomes(() => box('Title').inputValue(), TAB.title);
      await box('Title').press('Control+End');
      await page.keyboard.type(words);
    };
    const offers = () => page.locator('.title-offers').getByRole('option');
    const selected = () => page.locator('.title-offers [aria-selected=true]').allTextContents();
    const isOpen = () => page.locator('.title-offers').getByRole('listbox').isVisible();

    it('are offered as the tag field does, and picked by Enter', async () => {
      await begin(SCENARIO, ' #ma');
      await becomes(() => offers().allTextContents(), ['magnetism', 'mathematics', 'Create ma']);
      expect(await selected()).toEqual(['magnetism']);
      await press('ArrowDown', 'Enter');
      await becomes(chosenTags, ['mathematics']);
      expect(await box('Title').inputValue()).toBe(`${TAB.title} `);
      expect(await isOpen()).toBe(false);
      await page.keyboard.type('indeed');
      await press('Enter');
      await status('Kept on this device');
      expect(await captured()).toMatchObject([{ title: `${TAB.title} indeed`, tags: ['mathematics'] }]);
    });

    it('are narrowed by typing on, and gone where none fits', async () => {
      await begin(SCENARIO, ' #');
      await becomes(() => offers().count(), 6);
      expect(await selected()).toEqual([]);
      await page.keyboard.type('phy');
      await becomes(selected, ['physics']);
      await page.keyboard.type('zz');
      await becomes(isOpen, false);
      await press('Backspace', 'Backspace', 'Backspace');
      await becomes(selected, ['physics']);
      await press('ArrowLeft');
      await becomes(isOpen, false);
    });

    it('are told of also where the form comes after them', async () => {
      const { connections, ...others } = READY;
      await open({ ...SCENARIO, stored: others });
      await page.getByRole('button', { name: 'Connect to Notion' }).waitFor();
      // All that is loaded later has been.
      await page.waitForFunction(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('/later')),
      );
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      await page.evaluate((records) => rowmark.put(records), { connections });
      await box('Title').focus();
      await press('End');
      await page.keyboard.type(' #ma');
      const row = page.getByRole('listbox').getByRole('option', { selected: true });
      await row.waitFor();
      const attribute = (name: string) => box('Title').getAttribute(name);
      expect(await attribute('aria-autocomplete')).toBe('list');
      expect(await attribute('aria-activedescendant')).toBe(await row.getAttribute('id'));
    });

    it('are a list to assistive technology, which is told of it', async () => {
      await begin(SCENARIO, ' #ma');
      await becomes(isOpen, true);
      const attribute = (name: string) => box('Title').getAttribute(name);
      expect(await attribute('aria-autocomplete')).toBe('list');
      expect(await attribute('aria-controls')).toBe(await page.getByRole('listbox').getAttribute('id'));
      const row = page.getByRole('listbox').getByRole('option', { selected: true });
      expect(await attribute('aria-activedescendant')).toBe(await row.getAttribute('id'));
      expect(await page.getByText('3 tags to choose from').count()).toBe(1);
      await press('Tab');
      await becomes(chosenTags, ['magnetism']);
      expect(await attribute('aria-activedescendant')).toBeNull();
      expect(await attribute('aria-controls')).toBeNull();
      expect(await page.getByText('Added magnetism').count()).toBe(1);
      expect(await box('Title').evaluate((one) => one === document.activeElement)).toBe(true);
    });

    it('leave Escape to the popup, and Enter to the form, once the list is closed', async () => {
      await begin(SCENARIO, ' #ma');
      await press('Escape');
      await becomes(isOpen, false);
      expect(await asked()).toEqual([]);
      await press('Enter');
      await status('Kept on this device');
      expect(await captured()).toMatchObject([{ title: TAB.title, tags: ['ma'] }]);
      await press('Escape');
      await becomes(asked, ['close']);
    });

    it('are databases, statuses and presets as well', async () => {
      await begin(FULL, ' !re');
      await becomes(() => offers().allTextContents(), ['Reading', 'Read', 'To read']);
      await press('ArrowDown', 'ArrowUp', 'Enter');
      await becomes(() => page.getByLabel('Status', { exact: true }).inputValue(), 'Reading');
      await page.keyboard.type('@rec');
      await becomes(selected, ['🍲Recipes ']);
      await offers().first().click();
      await becomes(() => database().inputValue(), '🍲 Recipes');
      expect(await box('Title').evaluate((one) => one === document.activeElement)).toBe(true);
      await page.keyboard.type('>ev');
      await becomes(selected, ['🍲Evening → Recipes']);
      await press('Enter');
      await becomes(() => database().inputValue(), '🍲 Evening');
      await becomes(chosenTags, ['later']);
      expect(await box('Title').inputValue()).toBe(`${TAB.title} `);
    });

    it('are options of the first select, where there is no status', async () => {
      const properties = WITH_ALL_TYPES.properties.filter(({ type }) => type !== 'status');
      await begin(
        { ...SCENARIO, stored: { ...READY, 'destination:reading': { ...WITH_ALL_TYPES, properties } } },
        ' !boo',
      );
      await becomes(selected, ['Book']);
      await press('Enter', 'Enter');
      await status('Kept on this device');
      expect(await captured()).toMatchObject([
        { values: expect.arrayContaining([expect.objectContaining({ name: 'Kind' })]) },
      ]);
    });

    it('tell databases apart that are called alike', async () => {
      const twin = { ...READY.catalog.entries[1], id: 'twin' };
      const stored = {
        ...READY,
        catalog: { ...READY.catalog, entries: [...READY.catalog.entries, twin] },
        'destination:twin': { ...recipes, id: 'twin' },
        'destination:recipes': recipes,
      };
      await begin({ ...SCENARIO, stored }, ' @recipes');
      await becomes(() => offers().count(), 2);
      await press('ArrowDown', 'ArrowDown', 'Enter', 'Enter');
      await status('Kept on this device');
      expect(await calls('keep')).toMatchObject([{ destinationId: 'twin' }]);
    });

    it('are not offered in what the page says, nor in what is composed', async () => {
      const title = 'Why @home is #history';
      await open({ ...SCENARIO, tab: { ...TAB, title }, page: { ...PAGE, title } });
      await becomes(() => box('Title').inputValue(), title);
      await box('Title').press('Control+End');
      await page.keyboard.type('i');
      await press('Backspace');
      expect(await isOpen()).toBe(false);
      await page.keyboard.type(' #ma');
      await becomes(isOpen, true);
      for (const key of ['Enter', 'Tab', 'Escape', 'ArrowDown'])
        await box('Title').evaluate(
          (field, pressed) =>
            field.dispatchEvent(
              new KeyboardEvent('keydown', {
                key: pressed,
                isComposing: true,
                bubbles: true,
                cancelable: true,
              }),
            ),
          key,
        );
      expect(await selected()).toEqual(['magnetism']);
      expect(await chosenTags()).toEqual([]);
      expect(await calls('keep')).toEqual([]);
    });

    it('of a list of tags move together', async () => {
      await begin(SCENARIO, ' #physics,his');
      await becomes(selected, ['history']);
      await press('Enter');
      await becomes(chosenTags, ['physics', 'history']);
      expect(await box('Title').inputValue()).toBe(`${TAB.title} `);
    });
  });

  it('offers the templates of the database', async () => {
    const templates = [
      { id: 't1', name: 'Article', isDefault: true },
      { id: 't2', name: 'Book', isDefault: false },
    ];
    await open({ ...SCENARIO, stored: { ...READY, 'destination:reading': { ...destination(), templates } } });
    const field = page.getByRole('combobox', { name: 'Template' });
    expect(await field.locator('option').allTextContents()).toEqual([
      'No template',
      "The database's default",
      'Article',
      'Book',
    ]);
    await field.selectOption('Book');
    await press('Control+Enter');
    await status('Kept on this device');
    expect(await captured()).toMatchObject([{ template: 't2' }]);
    // What a page has begun with is not chosen again.
    await arrive();
    await status('Saved to Notion');
    await button('Edit').click();
    await button('Update').waitFor();
    expect(await field.count()).toBe(0);
  });

  describe('the choice of database', () => {
    const list = () => page.getByRole('listbox', { name: 'Databases' });
    const option = (name: string) => list().getByRole('option', { name });
    const marked = async () =>
      (await list().getByRole('option', { selected: true }).allTextContents()).map((words) => words.trim());
    const shown = async () =>
      (await list().getByRole('option').allTextContents()).map((words) => words.trim());
    const hasFocus = (selector: string) =>
      page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
    const savedTo = async () =>
      (await calls('keep')).map((call) => 'destinationId' in call && call.destinationId);
    const withSettings = (more: object) => ({ ...READY.settings, ...more });

    it('is a combobox as ARIA 1.2 has it', async () => {
      await open();
      const attribute = (name: string) => database().getAttribute(name);
      expect(await database().inputValue()).toBe('📚 Reading list');
      expect(await attribute('aria-autocomplete')).toBe('list');
      expect(await attribute('aria-expanded')).toBe('false');
      expect(await attribute('aria-activedescendant')).toBeNull();
      await database().focus();
      expect(await attribute('aria-expanded')).toBe('false');
      await press('ArrowDown');
      expect(await attribute('aria-expanded')).toBe('true');
      expect(await attribute('aria-controls')).toBe(await list().getAttribute('id'));
      expect(await marked()).toEqual([expect.stringContaining('Reading list')]);
      await press('ArrowDown');
      expect(await attribute('aria-activedescendant')).toBe(await option('Recipes').getAttribute('id'));
      await press('ArrowUp', 'ArrowUp');
      expect(await marked()).toEqual(['Untitled']);
      await press('PageUp');
      expect(await marked()).toEqual([expect.stringContaining('Reading list')]);
      await press('PageDown');
      expect(await marked()).toEqual(['Untitled']);
      await press('Alt+ArrowUp');
      expect(await attribute('aria-expanded')).toBe('false');
      await press('Alt+ArrowDown');
      expect(await attribute('aria-expanded')).toBe('true');
      expect(await marked()).toEqual([expect.stringContaining('Reading list')]);
      await press('Escape');
      expect(await attribute('aria-expanded')).toBe('false');
      expect(await savedTo()).toEqual([]);
    });

    it('finds by typing, without accents and capitals, and saves there by keyboard alone', async () => {
      const entries = [
        ...READY.catalog.entries,
        { id: 'books', botId: 'bot', title: 'Kochbücher', icon: null },
        { id: 'metal', botId: 'bot', title: 'Backbücher', icon: null },
      ];
      await open({ ...SCENARIO, stored: { ...READY, catalog: { ...READY.catalog, entries } } });
      await database().focus();
      await page.keyboard.type('BUCHER');
      await becomes(shown, ['Kochbücher', 'Backbücher']);
      expect(await page.locator('[aria-live]').allTextContents()).toContain('2 found');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('koch');
      await becomes(marked, ['Kochbücher']);
      await press('Enter');
      expect(await database().inputValue()).toBe('Kochbücher');
      expect(await list().count()).toBe(0);
      expect(await hasFocus('#database')).toBe(true);
      await press('Control+Enter');
      await status('Kept on this device');
      expect(await savedTo()).toEqual(['books']);
    });

    it('has those first that were saved to last, and marks the chosen one', async () => {
      const settings = withSettings({ recent: ['plain', 'reading'] });
      await open({ ...SCENARIO, stored: { ...READY, settings } });
      await database().click();
      await becomes(
        async () => (await shown()).slice(0, 3),
        ['Untitled', expect.stringContaining('Reading list'), expect.stringContaining('Recipes')],
      );
      expect(await marked()).toEqual([expect.stringContaining('Reading list')]);
      expect(await list().locator('.icon').count()).toBe(READY.catalog.entries.length);
    });

    it('shows pictures that Notion has, and asks nobody else for any', async () => {
      const withIcon = (id: string, title: string, url: string, until?: number) => ({
        id,
        botId: 'bot',
        title,
        icon: until === undefined ? { url } : { url, until },
      });
      const icons = 'https://www.notion.so/icons';
      const entries = [
        withIcon('own', 'Own', `${icons}/bookmark_gray.svg`),
        withIcon('gone', 'éGone', `${icons}/gone.svg`),
        withIcon('ended', 'ended', `${icons}/ended.svg`, Date.now() - 1),
        withIcon('strange', 'strange', 'https://example.org/icon.png'),
        withIcon('posing', 'Posing', 'https://www.notion.so@example.org/icons/a.svg'),
      ];
      pages.askedElsewhere();
      await open({ ...SCENARIO, stored: { ...READY, catalog: { ...READY.catalog, entries } } });
      await database().click();
      const looks = () =>
        list()
          .locator('.icon')
          .evaluateAll((all) =>
            all.map((icon) =>
              icon instanceof HTMLImageElement
                ? icon.naturalWidth > 0
                : icon.textContent || icon.getAttribute('data-letter'),
            ),
          );
      // The chosen one stays on the list by its own record.
      await becomes(looks, ['📚', true, 'É', 'E', 'S', 'P']);
      expect(pages.askedElsewhere().sort()).toEqual([`${icons}/bookmark_gray.svg`, `${icons}/gone.svg`]);
    });

    it('replaces the name as soon as something is typed, and has it back on Escape', async () => {
      await open();
      await database().click();
      await page.keyboard.type('rec');
      expect(await database().inputValue()).toBe('rec');
      await press('Escape');
      expect(await database().inputValue()).toBe('📚 Reading list');
      expect(await asked()).toEqual([]);
      await press('Escape');
      expect(await asked()).toEqual(['close']);
    });

    it('takes on Tab what was marked by hand, and nothing otherwise', async () => {
      await open();
      await database().focus();
      await press('ArrowDown', 'ArrowDown', 'Tab');
      await becomes(() => database().inputValue(), '🍲 Recipes');
      await database().focus();
      await page.keyboard.type('untit');
      await press('Tab');
      await becomes(() => database().inputValue(), '🍲 Recipes');
      expect(await list().count()).toBe(0);
    });

    it('takes what is typed and saves, in one, and never elsewhere than the field says', async () => {
      await open();
      await database().focus();
      await page.keyboard.type('no such thing');
      await press('Control+Enter', 'Enter');
      expect(await savedTo()).toEqual([]);
      await page.keyboard.press('Control+A');
      await page.keyboard.type('recip');
      await press('Control+Enter');
      await status('Kept on this device');
      expect(await savedTo()).toEqual(['recipes']);
    });

    it('is chosen by pointer, and leaves Save in reach', async () => {
      await open();
      await database().click();
      const [below, save] = [await list().boundingBox(), await button('Save').boundingBox()];
      if (!below || !save) throw new Error('One of them is not shown.');
      expect(below.y + below.height).toBeLessThanOrEqual(save.y);
      expect(save.y + save.height).toBeLessThanOrEqual(600);
      await option('Recipes').click();
      expect(await database().inputValue()).toBe('🍲 Recipes');
      await database().click();
      await button('Save').click();
      await status('Kept on this device');
      expect(await savedTo()).toEqual(['recipes']);
    });

    it('looks in Notion behind the list, and what comes does not take the place of what is marked', async () => {
      const catalog = {
        ...READY.catalog,
        entries: [
          ...READY.catalog.entries,
          { id: 'rec', botId: 'bot', title: 'Rec', icon: null },
          { id: 'zettel', botId: 'bot', title: 'Zettelkasten', icon: null },
        ],
      };
      await open({ ...SCENARIO, found: { catalog } });
      await database().focus();
      await page.keyboard.type('recipe');
      await page.keyboard.press('Backspace');
      await becomes(marked, [expect.stringContaining('Recipes')]);
      await becomes(() => calls('find-databases'), [{ type: 'find-databases', query: 'recip' }]);
      await page.keyboard.press('Control+A');
      await page.keyboard.type('zettel');
      await becomes(marked, ['Zettelkasten']);
      await press('Enter');
      expect(await database().inputValue()).toBe('Zettelkasten');
    });

    it('says what to do when nothing is found, and leads to the settings', async () => {
      await open();
      await database().focus();
      await page.keyboard.type('zettel');
      await page.locator('.databases').getByText('None found').waitFor();
      expect(await database().getAttribute('aria-expanded')).toBe('false');
      expect(await page.locator('[aria-live]').allTextContents()).toContainEqual(
        expect.stringContaining('None found'),
      );
      await press('Tab');
      expect(await hasFocus('.databases button')).toBe(true);
      await press('Enter');
      await becomes(asked, ['options', 'close']);
    });

    it('tells databases apart that are called the same', async () => {
      const other = { ...READY.connections.bot, botId: 'other', workspaceId: 'w2', workspaceName: 'Work' };
      const same = { id: 'same', botId: 'other', title: 'Reading list', icon: { emoji: '📚' } };
      const people = { botId: 'bot', icon: null, databaseId: 'd', databaseTitle: 'Contacts' };
      const entries = [
        ...READY.catalog.entries,
        same,
        { ...people, id: 'people', title: 'People' },
        { ...people, id: 'places', title: 'Places' },
      ];
      const stored = {
        ...READY,
        connections: { ...READY.connections, other },
        catalog: { ...READY.catalog, entries },
      };
      await open({ ...SCENARIO, stored });
      await becomes(() => database().inputValue(), '📚 Reading list (Ada’s Notion)');
      await database().focus();
      await page.keyboard.type('reading work');
      await becomes(marked, [expect.stringMatching(/Reading list\s+Work/)]);
      await press('Enter');
      expect(await database().inputValue()).toBe('📚 Reading list (Work)');
      await page.keyboard.type('places');
      await press('Enter');
      expect(await database().inputValue()).toBe('Contacts / Places');
    });

    const places = () =>
      page.locator('input, textarea, .settings, .mark').evaluateAll((all) =>
        all.map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect();
          return [x, y, width, height];
        }),
      );

    it('is there before its code, and nothing moves when that comes', async () => {
      const early = await pages.openEarly(SCENARIO);
      page = early.page;
      await becomes(() => hasFocus('#tags'), true);
      expect(await database().inputValue()).toBe('📚 Reading list');
      const before = await places();
      await early.letCodeCome();
      expect(await places()).toEqual(before);
    });

    it('takes up what was typed and clicked before its code came', async () => {
      const early = await pages.openEarly(SCENARIO);
      page = early.page;
      await becomes(() => hasFocus('#tags'), true);
      await database().click();
      await page.keyboard.type('recip');
      expect(await list().count()).toBe(0);
      await early.letCodeCome();
      expect(await hasFocus('#database')).toBe(true);
      await becomes(marked, [expect.stringContaining('Recipes')]);
      await press('Enter');
      expect(await database().inputValue()).toBe('🍲 Recipes');
    });

    it('takes up what was typed in the title before its code came', async () => {
      const early = await pages.openEarly(SCENARIO);
      page = early.page;
      await becomes(() => box('Title').inputValue(), TAB.title);
      await box('Title').press('Control+End');
      await page.keyboard.type(' #physics and #ma');
      expect(await chosenTags()).toEqual([]);
      await early.letCodeCome();
      await becomes(chosenTags, ['physics']);
      expect(await box('Title').inputValue()).toBe(`${TAB.title} and #ma`);
      await becomes(
        () => page.locator('.title-offers').getByRole('option').allTextContents(),
        ['magnetism', 'mathematics', 'Create ma'],
      );
      await press('Enter');
      await becomes(chosenTags, ['physics', 'magnetism']);
      await page.keyboard.type('more');
      expect(await box('Title').inputValue()).toBe(`${TAB.title} and more`);
    });

    it('leaves a title as it was in which nobody typed', async () => {
      const early = await pages.openEarly({ ...SCENARIO, tab: { ...TAB, title: 'About #physics and more' } });
      page = early.page;
      await becomes(() => hasFocus('#tags'), true);
      await early.letCodeCome();
      await becomes(() => hasFocus('#tags'), true);
      expect(await chosenTags()).toEqual([]);
    });

    it('forgets what was typed before its code came and left', async () => {
      const early = await pages.openEarly(SCENARIO);
      page = early.page;
      await becomes(() => hasFocus('#tags'), true);
      await database().click();
      await page.keyboard.type('recip');
      await box('Title').focus();
      await early.letCodeCome();
      await becomes(() => database().inputValue(), '📚 Reading list');
      expect(await list().count()).toBe(0);
    });
  });

  describe('what is missing', () => {
    it('begins with connecting, which needs a tab', async () => {
      await open({ tab: TAB });
      await press('Enter');
      await becomes(asked, ['options', 'close']);
    });

    it('leads to the choice of database, there or in the options', async () => {
      await open({ ...SCENARIO, stored: { ...READY, settings: { version: 1, destinationId: null } } });
      expect(await box('Title').inputValue()).toBe(TAB.title);
      await button('Choose a database').click();
      const choice = page.getByRole('combobox', { name: 'Database' });
      expect(await choice.evaluate((one) => one === document.activeElement)).toBe(true);
      await page.keyboard.type('read');
      await press('Enter');
      await page.getByRole('alert').waitFor({ state: 'detached' });
      await page.context().close();

      const { catalog: _, settings: __, ...bare } = READY;
      await open({ ...SCENARIO, stored: bare });
      await button('Choose a database').click();
      await becomes(asked, ['options', 'close']);
    });

    it("of the database of a site's preset is told, and nothing goes elsewhere unless it is chosen", async () => {
      await open(GONE_PRESET);
      await page.getByRole('alert').getByText('cannot be reached any more').waitFor();
      expect(await database().inputValue()).toBe('Cooking');
      await box('Title').fill('Mine');
      await press('Enter');
      await becomes(() => calls('keep').then((all) => all.length), 1);
      expect(await calls('keep')).toMatchObject([{ destinationId: 'gone', isByPreset: true }]);
      await page.context().close();

      await open(GONE_PRESET);
      await button('Choose a database').click();
      await page.keyboard.type('read');
      await press('Enter');
      await page.getByRole('alert').waitFor({ state: 'detached' });
      await button('Save').click();
      await becomes(() => calls('keep').then((all) => all.length), 1);
      expect(await calls('keep')).toMatchObject([{ destinationId: 'reading' }]);
    });

    it('of a list that ends before its end is told below it', async () => {
      await open({ ...CUT, isWhole: false });
      await database().click();
      const hint = page.locator('.databases').getByText('Notion has more than these');
      await hint.waitFor();
      await page.keyboard.type('read');
      await hint.waitFor();
      await page.evaluate(() => rowmark.change({ isWhole: true }));
      await page.keyboard.type('i');
      await hint.waitFor({ state: 'detached' });
    });

    it('reads a database that is not known here when it is chosen, and says when it cannot', async () => {
      await open({ ...SCENARIO, failing: { 'choose-destination': failure('not-shared') } });
      await database().fill('recipes');
      await press('Enter');
      await page.getByRole('alert').getByText('not shared').waitFor();
      const link = page.getByRole('alert').getByRole('link', { name: 'Open it in Notion' });
      expect(await link.getAttribute('href')).toBe('https://www.notion.so/recipes');
    });

    it('lets an address be typed where the page has none', async () => {
      await open({ ...SCENARIO, tab: { id: 7, url: 'chrome://newtab/', title: 'New Tab' } });
      await page.getByRole('alert').getByText("This page can't be saved").waitFor();
      expect(await box('URL').evaluate((one) => one === document.activeElement)).toBe(true);
      await press('Enter');
      await page.getByRole('alert').getByText('There is no address').waitFor();
      await page.keyboard.type('example.org/typed');
      await press('Enter');
      await status('Kept on this device');
      expect(await captured()).toMatchObject([{ url: 'https://example.org/typed' }]);
    });

    it('is told when the connection has ended, before anything is typed', async () => {
      const connections = { bot: { ...READY.connections.bot, status: 'refused' } };
      await open({ ...SCENARIO, stored: { ...READY, connections } });
      await page.getByRole('alert').getByText('Notion has ended the connection').waitFor();
      await button('Reconnect').click();
      await becomes(asked, ['options', 'close']);
    });

    it('asks the browser for access that was taken back, then goes on', async () => {
      await open();
      await press('Enter');
      await status('Kept on this device');
      await refuse('access-not-granted');
      await button('Allow access').click();
      await becomes(asked, ['access']);
      await becomes(async () => (await calls('amend')).length, 1);
    });

    it('is told when stored things cannot be read', async () => {
      await open({ ...SCENARIO, stored: { ...READY, connections: 'what?' } });
      await page.getByRole('alert').getByText('cannot be read').waitFor();
    });

    it('leads from other saves that wait to the list of them', async () => {
      const url = 'https://example.org/other';
      const waiting = [savedBefore('a', {}, url), savedBefore('b', {}, url)];
      await open({ ...SCENARIO, stored: { ...READY, ...outboxOf(...waiting) } });
      await button('2 waiting').click();
      await becomes(asked, ['options', 'close']);
    });
  });
});
