/** A quick save where no toast can stand: the popup tells of it, or else the badge alone. */
import { beforeEach, describe, expect, it } from 'vitest';
import { popupSubjectKey } from '../../../src/protocol/popup-subject-key.ts';
import { onSharedClock, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const { rows, newWorld, settle } = onSharedClock();
const tab = { id: 7, url: 'https://example.org/table.pdf', title: 'Tides' };

let world: World;
beforeEach(async () => {
  world = await newWorld();
  await world.connect({ share: ['Reading list', 'Recipes'] });
});

const press = async (on: { id: number; url?: string; title?: string } = tab) => {
  await world.background.command('quick-save', on);
  await settle(world);
};
/** What is told comes a moment after what is done. */
const popups = () => expect.poll(() => world.popups);
const subject = () => world.session.dump()[popupSubjectKey(tab.id)];

describe('where no toast can stand', () => {
  beforeEach(() => world.setPlace({ scriptable: false, popup: true }));

  it('the popup opens once for a save, whatever becomes of it', async () => {
    await press();
    const [save] = savesOf(world);
    expect(rows()).toHaveLength(1);
    await popups().toMatchObject([{ tabId: tab.id, subject: { saveId: save?.id, isAgain: false } }]);
    expect(subject()).toMatchObject({ saveId: save?.id });
  });

  it('pressed again, it is the same save, which was there before', async () => {
    await press();
    await popups().toHaveLength(1);
    await press();
    await popups().toHaveLength(2);
    const [save] = savesOf(world);
    expect(rows()).toHaveLength(1);
    await popups().toMatchObject([
      { subject: { saveId: save?.id, isAgain: false } },
      { subject: { saveId: save?.id, isAgain: true } },
    ]);
  });

  it('a link that was clicked there is what the popup is about', async () => {
    const linkUrl = 'https://example.org/other';
    await world.background.menu({ id: 'link:', linkUrl }, tab);
    await settle(world);
    const [save] = savesOf(world);
    expect(save?.capture.url).toBe(linkUrl);
    await popups().toMatchObject([{ subject: { saveId: save?.id } }]);
  });

  it('what cannot be saved is told there, too', async () => {
    await press({ id: tab.id, url: 'about:config' });
    expect(savesOf(world)).toEqual([]);
    await popups().toEqual([{ tabId: tab.id, subject: null }]);
    expect(world.badge).toMatchObject({ text: '!' });
  });

  it('what only the options page can mend opens that alone', async () => {
    const [botId = ''] = Object.keys(world.stored<object>('connections'));
    await world.call({ type: 'disconnect', botId });
    await press();
    expect(world.optionsOpened).toBe(1);
    expect(world.popups).toEqual([]);
  });

  it('nothing is left behind where the browser opens no popup, and the badge tells', async () => {
    world.setPlace({ scriptable: false, popup: false });
    world.setOffline(true);
    await world.background.command('quick-save', tab);
    await popups().toHaveLength(1);
    await expect.poll(subject).toBeUndefined();
    expect(world.badge).toMatchObject({ text: '1' });
  });
});

it('no popup opens where a toast stands, nor when the page has gone since', async () => {
  world.setOffline(true);
  await world.background.command('quick-save', tab);
  await expect.poll(() => world.toasts).not.toEqual([]);
  world.setPlace({ scriptable: false, popup: true });
  world.setOffline(false);
  await world.background.online();
  await settle(world);
  expect(rows()).toHaveLength(1);
  expect(world.popups).toEqual([]);
});
