/**
 * `npm start`: Rowmark at work on this computer, with no account anywhere. Opens a browser that has the extension, connected
 * to the sandbox, on a page worth saving. Where nothing can be shown it does the same unseen, and leaves pictures.
 *
 * With `NOTION_CLIENT_ID` and `NOTION_CLIENT_SECRET` set it is the real Notion, and the person connects.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningSandbox } from '../../src/sandbox/node.ts';
import type { Page } from './drivers/browser.ts';
import { until } from './drivers/until.ts';
import { DATABASE, isSeen, type Local, offer, say, withLocal } from './local.ts';
import { MAPS, TIDES } from './stage/pages.ts';

/** A row as it arrived, on a few lines. */
function sayRow({
  title,
  values,
}: ReturnType<RunningSandbox['sandbox']['control']['dataSource']>['rows'][number]) {
  say(`  ${title}`);
  for (const [name, value] of Object.entries(values)) {
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
    if (text !== '' && text !== title && name !== 'Mood') say(`      ${name}: ${text}`);
  }
}

/** Does what a person would do, and shows what came of it. */
async function demonstrate(
  { browser, at, folder }: Local,
  { origin, sandbox: { control } }: RunningSandbox,
): Promise<void> {
  const before = new Set(control.dataSource(DATABASE).rows.map(({ id }) => id));
  const arrived = () => control.dataSource(DATABASE).rows.filter(({ id }) => !before.has(id));
  const pictures: string[] = [];
  const picture = async (page: Page, name: string) => {
    const path = join(folder, `${pictures.length + 1}-${name}.png`);
    writeFileSync(path, await page.screenshot());
    pictures.push(path);
  };

  say('Saving a page by the popup …');
  const popup = await browser.openPopup(await browser.open(at(TIDES.path)));
  await popup.byRole('textbox', 'Title').appear();
  await popup.byRole('combobox', 'Tags').click();
  await popup.type('history');
  await popup.press('Enter');
  await picture(popup, 'popup');
  await popup.byRole('button', 'Save').click();
  await popup.byRole('link', 'Open in Notion').appear();
  await picture(popup, 'popup-saved');
  await popup.close();

  say('Saving another by the quick-save command …');
  const page = await browser.open(at(MAPS.path));
  await browser.runCommand('quick-save', page);
  await until('"Saved to Notion" in the page', async () =>
    (await page.byRole('status').text()).includes('Saved to Notion'),
  );
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => 0),
  );
  await picture(page, 'quick-save');
  await picture(await browser.open(origin), 'tables');

  say();
  say(`Arrived in "${DATABASE}":`);
  for (const row of arrived()) sayRow(row);
  say();
  say('Screenshots:');
  for (const path of pictures) say(`  ${path}`);
}

await withLocal(async (local) => {
  if (local.sandbox && !isSeen) await demonstrate(local, local.sandbox);
  else await offer(local);
});
