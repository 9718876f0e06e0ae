/** A browser in which articles are saved with their pages, and the one save that is made in it. */
import type { FormSettings } from '../../../src/core/database/form-settings.ts';
import type { Save } from '../../../src/core/save/record.ts';
import { destinationIdOf, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

/** The page in front. */
export const tab = { id: 7, url: 'https://example.org/maxwell', title: 'Maxwell' };

/** From now on articles go along. */
export const saveArticles = (world: World, more: Partial<FormSettings> = {}): Promise<unknown> =>
  world.call({
    type: 'set-form',
    destinationId: destinationIdOf(world),
    form: { version: 1, mapping: {}, starts: {}, content: 'article', ...more },
  });

export const save = (world: World) => world.background.command('quick-save', tab);

export function onlySave(world: World): Save {
  const [found] = savesOf(world);
  if (!found) throw new Error('Nothing is kept.');
  return found;
}
