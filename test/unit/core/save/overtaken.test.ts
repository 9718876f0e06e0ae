/** What the user says while a claim is out holds, whatever comes of the claim, and nothing else is lost. */

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Capture } from '../../../../src/core/capture/capture.ts';
import type { Row } from '../../../../src/core/database/row.ts';
import type { ClaimEvent, SaveEvent } from '../../../../src/core/save/events.ts';
import { newSave } from '../../../../src/core/save/new-save.ts';
import { nextAction } from '../../../../src/core/save/next-action.ts';
import type { Save } from '../../../../src/core/save/record.ts';
import { step } from '../../../../src/core/save/save.ts';
import { isFinished } from '../../../../src/core/save/standing.ts';

const begun: Capture = {
  url: 'https://example.org/',
  title: 'Of the page',
  description: '',
  tags: ['own'],
  at: 1,
  origin: 'quick-save',
};
const held: Capture = { ...begun, title: 'Of the row', tags: ['old', 'older'], at: 0, origin: 'import' };
const there: Row = { id: 'there', url: 'https://app.notion.com/p/there' };

/** What the user does: to tags, to the title, to where it goes; and how the answer comes. */
type Deed =
  | { type: 'tag' | 'untag'; which: number; isStale: boolean }
  | { type: 'title'; title: string; isStale: boolean }
  | { type: 'move' | 'hold' | 'go-on' | 'claim' | 'answer' | 'undo' };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    type: fc.constantFrom('tag' as const, 'untag' as const),
    which: fc.nat(4),
    isStale: fc.boolean(),
  }),
  fc.record({ type: fc.constant('title' as const), title: fc.constantFrom('A', 'B'), isStale: fc.boolean() }),
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('claim' as const, 'answer' as const) }) },
  fc.record({ type: fc.constantFrom('move' as const, 'hold' as const, 'go-on' as const) }),
);

/** Notion, with a row of that page in one database and none in the other. */
function createRows() {
  const rows = new Map<string, Capture>([[there.id, held]]);
  const answer = (save: Save): ClaimEvent => {
    switch (nextAction(save)) {
      case 'seek':
        return save.destinationId === 'full'
          ? { type: 'adopted', at: 2, row: there, held: rows.get(there.id) ?? held }
          : { type: 'not-seen', at: 2 };
      case 'look-up': {
        const row = { id: `made in ${save.destinationId}`, url: 'https://app.notion.com/p/made' };
        rows.set(row.id, save.capture);
        return { type: 'created', at: 2, row, sent: save.capture };
      }
      case 'update':
        rows.set(save.row?.id ?? '', save.capture);
        return { type: 'updated', at: 2, capture: save.capture };
      case 'trash':
        rows.delete(save.row?.id ?? '');
        return { type: 'trashed', at: 2 };
      default:
        throw new Error(`Nobody asked for ${nextAction(save)}`);
    }
  };
  return { rows, answer };
}

it('the row holds what they said last, and what it held', () => {
  fc.assert(
    fc.property(
      fc.array(deed, { maxLength: 25 }),
      fc.constantFrom('leave' as const, 'add' as const),
      (deeds, seek) => {
        const { rows, answer } = createRows();
        let save = newSave('one', begun, 'full', 'bot', 1, seek);
        let moved: Save | null = null;
        let pending: (ClaimEvent & { claim: number }) | null = null;
        let shown = begun;
        const words = new Map<string, boolean>();
        let title: string | null = null;
        const take = (event: SaveEvent) => {
          save = step(save, event);
        };
        const claim = () => {
          const claimed = step(save, { type: 'claimed', at: 2 });
          if (claimed === save) return;
          save = claimed;
          // The answer is worked out now, from the save as it is now.
          pending = { ...answer(claimed), claim: claimed.claim ?? 0 };
        };
        const hear = () => {
          if (pending) take(pending);
          pending = null;
        };
        const amend = (
          isStale: boolean,
          change: (from: Capture) => Capture,
          destinationId = save.destinationId,
        ) => {
          const from = isStale ? shown : save.capture;
          shown = save.capture;
          const before = save;
          take({ type: 'amended', at: 2, capture: change(from), destinationId, botId: 'bot', from });
          return save !== before;
        };
        for (const one of deeds) {
          switch (one.type) {
            case 'claim':
              // One lane, one claim at a time.
              if (!pending) claim();
              break;
            case 'answer':
              hear();
              break;
            case 'hold':
              take({ type: 'held', at: 2 });
              break;
            case 'go-on':
              take({ type: 'try-now', at: 2 });
              break;
            case 'undo':
              break;
            case 'move':
              if (save.row === null && save.state === 'kept') {
                amend(false, (from) => from, save.destinationId === 'full' ? 'empty' : 'full');
                moved = save;
              }
              break;
            case 'title':
              title = one.title;
              amend(one.isStale, (from) => ({ ...from, title: one.title }));
              // Who is shown the very title that they want has changed nothing.
              if (save.capture.title !== one.title) title = save.capture.title;
              break;
            case 'tag':
              amend(one.isStale, (from) => {
                const tag = `new ${one.which}`;
                if (from.tags.includes(tag)) return from;
                words.set(tag, true);
                return { ...from, tags: [...from.tags, tag] };
              });
              break;
            case 'untag':
              amend(one.isStale, (from) => {
                const tag = from.tags[one.which];
                if (tag === undefined) return from;
                words.set(tag, false);
                return { ...from, tags: from.tags.filter((other) => other !== tag) };
              });
          }
        }
        for (let turns = 0; turns < 10; turns++) {
          hear();
          take({ type: 'try-now', at: 2 });
          if (nextAction(save)) claim();
        }
        void moved;
        expect(isFinished(save)).toBe(true);
        expect(save.destinationId === 'full').toBe(save.row?.id === there.id);
        const isFound = save.row?.id === there.id;
        const base = new Set(isFound ? held.tags : begun.tags);
        if (isFound && seek === 'add') base.add('own');
        for (const [tag, isWanted] of words) isWanted ? base.add(tag) : base.delete(tag);
        const row = rows.get(save.row?.id ?? '');
        expect(new Set(row?.tags)).toEqual(base);
        expect(row?.tags).toHaveLength(base.size);
        expect(row).toEqual(save.capture);
        expect(row?.title).toBe(title ?? (isFound ? held.title : begun.title));
        // Nothing is done in a database that it does not go to.
        if (!isFound) expect(rows.get(there.id)).toEqual(held);
        if (isFound) expect([...rows.keys()]).toEqual([there.id]);
      },
    ),
    { numRuns: 3_000 },
  );
});
