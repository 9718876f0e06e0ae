/** A quick save by keys really pressed, refined from its toast, on pages that would rather not have it. */
import { expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import { until } from '../drivers/until.ts';
import { hostile } from '../stage/hostile-pages.ts';
import { scenarios } from '../stage/stage.ts';

const QUICK_SAVE = manifest.commands['quick-save'].suggested_key.default.toLowerCase();

scenarios(
  'a quick save, its toast and hostile pages',
  { keys: true, forgiven: /Content.Security.Policy/i },
  (stage) => {
    it.each([
      ['that allows nothing and wants trusted types', hostile.policies, []],
      ['that listens first, overlays and restyles everything', hostile.fighting, []],
      [
        'in a sandbox, where what listened before hears the keys (nothing can be done about that)',
        hostile.sandboxed,
        null,
      ],
    ] as const)('on a page %s', async (_, { path, title }, heard) => {
      await stage.connect();
      const page = await stage.browser.open(`http://site.test${path}`);
      await page.show();
      await until('the page to hear what is its own', async () => {
        await stage.screen.press('z', title);
        return (await page.evaluate(() => document.documentElement.dataset.heard ?? '')).includes(
          'keydown z',
        );
      });
      await stage.screen.press(QUICK_SAVE, title);
      await until('the row', () => stage.newRows().length === 1);
      await until('the words', async () => (await page.byRole('status').count()) === 1);
      await page.evaluate(() => {
        document.documentElement.dataset.heard = '';
      });
      await stage.screen.press('t', title);
      // Where the page hears what is typed before, it does not come to the field that is not there yet.
      if (!heard) await until('the field', async () => (await page.byRole('combobox').count()) === 1);
      await stage.screen.type('hist');
      await stage.screen.press('Return');
      await stage.screen.press('Return');
      await until('the tag in Notion', () =>
        stage.newRows().some(({ values }) => String(values.Tags) === 'history'),
      );
      expect(stage.newRows()).toMatchObject([{ title, values: { URL: `http://site.test${path}` } }]);
      const own = await page.evaluate(() => document.documentElement.dataset.heard ?? '');
      if (heard) expect(own).toBe('');
      else expect(own).toContain('keydown h;');
    });
  },
);
