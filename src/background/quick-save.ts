/** Saving a tab at once, with no form: the key, and the menu. */
import type { Origin, PageFacts } from '../core/capture/capture.ts';
import { fieldsFrom } from '../core/capture/fields.ts';
import { isSavable } from '../core/capture/savable.ts';
import { dayOf, startValues } from '../core/capture/starts.ts';
import { failure, type Result } from '../core/failure.ts';
import type { Ports, TabRef } from '../ports.ts';
import type { Announcer } from './announce.ts';
import type { Destinations } from './destinations.ts';
import type { Outbox } from './outbox.ts';
import type { Records } from './records.ts';

export function createQuickSave(
  { clock, random, pages, openOptions }: Pick<Ports, 'clock' | 'random' | 'pages' | 'openOptions'>,
  records: Records,
  destinations: Destinations,
  outbox: Outbox,
  announcer: Announcer,
) {
  return async function quickSave(tab: TabRef, origin: Origin): Promise<void> {
    const kept = await keepTab(tab, origin);
    if (kept.ok) return;
    await announcer.refused(tab.id, kept.failure);
    // The remedy is on the options page, and nothing on this page could offer it.
    if (kept.failure.code === 'not-connected' || kept.failure.code === 'no-destination') await openOptions();
  };

  /** What the user has set for the database's other properties. */
  async function startsOf(destinationId: string, facts: PageFacts) {
    const [destination, form] = await Promise.all([
      records.getOne('destination', destinationId),
      records.getOne('form', destinationId),
    ]);
    return destination && form ? startValues(destination, form, facts, dayOf(clock())) : [];
  }

  async function keepTab(tab: TabRef, origin: Origin): Promise<Result<unknown>> {
    if (!tab.url || !isSavable(tab.url).savable) return { ok: false, failure: failure('page-not-savable') };
    // All at once: between the key and "kept" is what the user waits for.
    const [connections, destinationId, read] = await Promise.all([
      records.get('connections'),
      destinations.chosen(),
      pages.read(tab.id),
    ]);
    if (!connections || Object.keys(connections).length === 0)
      return { ok: false, failure: failure('not-connected') };
    if (!destinationId) return { ok: false, failure: failure('no-destination') };
    const facts: PageFacts = read.ok
      ? read.value
      : { url: tab.url, title: tab.title ?? '', selection: '', meta: {} };
    const values = await startsOf(destinationId, facts);
    const capture = { ...fieldsFrom(facts), tags: [], values, at: clock(), origin };
    const saveId = random.uuid();
    announcer.follow(saveId, tab.id);
    return outbox.keepNew(saveId, capture, destinationId);
  }
}
