import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../../src/core/capture/capture.ts';
import { failure } from '../../../../src/core/failure.ts';
import { SETTLE } from '../../../../src/core/notion/settle.ts';
import { LEASE } from '../../../../src/core/save/claim.ts';
import type { SaveEvent } from '../../../../src/core/save/events.ts';
import { newSave } from '../../../../src/core/save/new-save.ts';
import { dueTime, nextAction } from '../../../../src/core/save/next-action.ts';
import type { Save } from '../../../../src/core/save/record.ts';
import { step } from '../../../../src/core/save/save.ts';
import { isFinished } from '../../../../src/core/save/standing.ts';
import { WholeSave } from '../../../../src/core/save/whole-save.ts';

const capture: Capture = {
  url: 'https://example.org/',
  title: 'Example',
  description: '',
  tags: [],
  at: 1_000,
  origin: 'popup',
};
const row = { id: 'row-1', url: 'https://app.notion.com/p/row1' };
const other = { id: 'row-2', url: 'https://app.notion.com/p/row2' };
const fresh = () => newSave('s1', capture, 'ds1', 'bot1', 1_000);
const later = failure('offline');
const needsUser = failure('not-shared');

const absentAt = (at: number, asOf: number, jitter: number): SaveEvent => ({
  type: 'absent',
  at,
  asOf,
  since: 0,
  jitter,
});

/** Ids of the second rows that a save knows of. */
const known = ({ repeats: { doubles = [], suspects = [], removed = [] } = {} }: Save): string[] => [
  ...[...doubles, ...suspects].map(({ id }) => id),
  ...removed,
];

/** Takes the steps one after another. */
const through = (...events: SaveEvent[]): Save => events.reduce(step, fresh());

describe('a row that may be a double', () => {
  const found = { type: 'verified', at: 6_000, doubles: [], suspects: [other] } as const;
  const suspected = () =>
    through(
      { type: 'claimed', at: 2_000 },
      { type: 'created', at: 3_000, row, doubt: { madeAt: 3_000, lookedAt: null } },
      { ...found, asOf: 4_000 },
    );

  it('is not asked about again once the user wants it, while rows are still looked for', () => {
    const spared = step(suspected(), { type: 'spared', at: 5_000, id: other.id });
    expect(suspected().repeats?.suspects).toEqual([other]);
    expect(spared.repeats).toMatchObject({ row: { lookedAt: 4_000 }, spared: [other.id] });
    expect(step(spared, { ...found, asOf: 4_001 }).repeats?.suspects).toBeUndefined();
    expect(step(spared, { ...found, asOf: 4_000 + SETTLE }).repeats).toBeUndefined();
  });

  it('is the matter of a suspect alone', () => {
    expect(step(suspected(), { type: 'spared', at: 5_000, id: 'no such row' })).toEqual(suspected());
  });
});

describe('the way to Notion', () => {
  it('is kept, sending, in Notion', () => {
    expect(fresh().state).toBe('kept');
    expect(nextAction(fresh())).toBe('create');
    const sending = through({ type: 'claimed', at: 2_000 });
    expect(sending).toMatchObject({ state: 'sending', sentAt: 2_000, leaseUntil: 2_000 + LEASE });
    const done = step(sending, { type: 'created', at: 2_500, row });
    expect(done).toMatchObject({ state: 'in-notion', row, leaseUntil: 0, failure: null });
    expect(nextAction(done)).toBeNull();
    expect(isFinished(done)).toBe(true);
  });

  it('cannot be claimed by two at once', () => {
    const sending = through({ type: 'claimed', at: 2_000 });
    expect(step(sending, { type: 'claimed', at: 2_001 })).toBe(sending);
  });

  it('waits and goes on by itself after a failure that will pass', () => {
    const waiting = through(
      { type: 'claimed', at: 2_000 },
      { type: 'refused', at: 3_000, failure: later, jitter: 0 },
    );
    expect(waiting).toMatchObject({ state: 'kept', failure: later, sentAt: null, tries: 1 });
    expect(dueTime(waiting)).toBe(4_000);
  });

  it('waits as long as the server said, however long', () => {
    const limited = failure('rate-limited', { retryAfter: 4_000 });
    const waiting = through(
      { type: 'claimed', at: 2_000 },
      { type: 'refused', at: 3_000, failure: limited, jitter: 0.5 },
    );
    expect(dueTime(waiting)).toBe(3_000 + 4_000_125);
  });

  it('stops for the user when only they can help, and goes on when they have', () => {
    const stuck = through(
      { type: 'claimed', at: 2_000 },
      { type: 'refused', at: 3_000, failure: needsUser, jitter: 0 },
    );
    expect(stuck.state).toBe('needs-you');
    expect(dueTime(stuck)).toBeNull();
    expect(step(stuck, { type: 'try-now', at: 9_000 })).toMatchObject({
      state: 'kept',
      failure: null,
      dueAt: 9_000,
    });
    const amended = step(stuck, {
      type: 'amended',
      at: 9_000,
      capture: { ...capture, title: 'Other' },
      destinationId: 'ds2',
      botId: 'bot1',
    });
    expect(amended).toMatchObject({ state: 'kept', destinationId: 'ds2', capture: { title: 'Other' } });
  });
});

describe('an uncertain end', () => {
  const unsure = through(
    { type: 'claimed', at: 2_000 },
    { type: 'unsure', at: 3_000, failure: failure('unreachable'), jitter: 0 },
  );

  it('is looked into before anything is sent again', () => {
    expect(unsure.state).toBe('checking');
    expect(nextAction(unsure)).toBe('look-up');
  });

  it('ends well when the row is found', () => {
    expect(step(unsure, { type: 'found', at: 4_000, row, asOf: 4_000 })).toMatchObject({
      state: 'in-notion',
      row,
    });
  });

  it("is believed absent only after two look-ups, far enough apart by Notion's clock", () => {
    // Whatever the time is here.
    const at = 7;
    const first = step(unsure, absentAt(at, 900_000, 1));
    expect(first).toMatchObject({ state: 'checking', lookedAt: 900_000 });
    const early = step(first, absentAt(at, 900_000 + SETTLE - 1, 1));
    expect(early).toMatchObject({ state: 'checking', lookedAt: 900_000, dueAt: at + 1 });
    expect(step(early, absentAt(at, 900_000 + SETTLE, 1))).toMatchObject({ state: 'kept', sentAt: null });
  });

  it('waits anew when another save may have taken its row', () => {
    const first = step(unsure, absentAt(7, 900_000, 1));
    const taken = step(first, { type: 'absent', at: 7, asOf: 900_000 + SETTLE, since: 900_001, jitter: 1 });
    expect(taken).toMatchObject({ state: 'checking', lookedAt: 900_001 });
  });

  it('begins anew with every request', () => {
    const again = step(step(unsure, absentAt(7, 0, 1)), absentAt(7, SETTLE, 1));
    const unsureAgain = [
      { type: 'claimed', at: 70_000 },
      { type: 'unsure', at: 71_000, failure: failure('unreachable'), jitter: 0 },
    ] satisfies SaveEvent[];
    expect(unsureAgain.reduce<Save>(step, again)).toMatchObject({ state: 'checking', lookedAt: null });
  });

  it('is assumed when whoever sent it is gone', () => {
    const sending = through({ type: 'claimed', at: 2_000 });
    expect(step(sending, { type: 'abandoned', at: 5_000 })).toMatchObject({
      state: 'checking',
      leaseUntil: 0,
    });
    expect(step(sending, { type: 'claimed', at: 2_000 + LEASE })).toMatchObject({ state: 'checking' });
  });
});

describe('a save that the user is about to change', () => {
  it('stays until they have', () => {
    const held = through({ type: 'held', at: 2_000 });
    expect(held).toMatchObject({ state: 'needs-you', failure: failure('being-edited') });
    expect(step(held, { type: 'try-now', at: 3_000 })).toMatchObject({ state: 'kept', failure: null });
  });

  it('goes on as it was when they have gone without changing it, and only then', () => {
    const kept = through();
    const held = step(kept, { type: 'held', at: 2_000 });
    const released = step(held, { type: 'released', at: 3_000 });
    expect(released).toMatchObject({ state: 'kept', failure: null, capture: kept.capture, dueAt: 3_000 });
    const sending = through({ type: 'claimed', at: 2_000 });
    const stuck = step(sending, { type: 'refused', at: 3_000, failure: needsUser, jitter: 0 });
    for (const save of [kept, sending, stuck, released])
      expect(step(save, { type: 'released', at: 4_000 })).toBe(save);
  });

  it('cannot be held once a request is out, nor forgets what it needs the user for', () => {
    const sending = through({ type: 'claimed', at: 2_000 });
    expect(step(sending, { type: 'held', at: 2_100 })).toBe(sending);
    const stuck = step(sending, { type: 'refused', at: 3_000, failure: needsUser, jitter: 0 });
    expect(step(stuck, { type: 'held', at: 3_100 })).toBe(stuck);
  });
});

describe('a clock that is set back', () => {
  it('makes no wait longer than it was', () => {
    const waiting = through(
      { type: 'claimed', at: 1_000_000 },
      { type: 'refused', at: 1_000_000, failure: later, jitter: 1 },
    );
    expect(step(waiting, { type: 'set-back', at: 500_000 })).toMatchObject({
      dueAt: 502_000,
      changedAt: 500_000,
    });
    expect(step(waiting, { type: 'set-back', at: 1_000_000 })).toBe(waiting);
  });
});

describe('undo', () => {
  it('cancels what was never sent', () => {
    expect(through({ type: 'undo', at: 2_000 })).toMatchObject({ state: 'undone', wanted: 'nothing' });
  });

  it('while sending, trashes what arrives', () => {
    const undone = through(
      { type: 'claimed', at: 2_000 },
      { type: 'undo', at: 2_100 },
      { type: 'created', at: 2_200, row },
    );
    expect(undone.state).toBe('in-notion');
    expect(nextAction(undone)).toBe('trash');
    const claimed = step(undone, { type: 'claimed', at: 2_300 });
    expect(step(claimed, { type: 'trashed', at: 2_400 }).state).toBe('undone');
  });

  it('while sending, ends at once when Notion refuses', () => {
    const events: SaveEvent[] = [
      { type: 'claimed', at: 2_000 },
      { type: 'undo', at: 2_100 },
      { type: 'refused', at: 2_200, failure: later, jitter: 0 },
    ];
    expect(through(...events).state).toBe('undone');
  });

  it('after an uncertain end, is done only when the row cannot appear any more', () => {
    const events: SaveEvent[] = [
      { type: 'claimed', at: 2_000 },
      { type: 'unsure', at: 3_000, failure: failure('timed-out'), jitter: 0 },
      { type: 'undo', at: 3_100 },
    ];
    const early = step(through(...events), absentAt(4_000, 4_000, 0));
    expect(early.state).toBe('checking');
    expect(step(early, absentAt(4_000 + SETTLE, 4_000 + SETTLE, 0)).state).toBe('undone');
  });
});

describe('any sequence of events', () => {
  const event: fc.Arbitrary<SaveEvent> = fc.oneof(
    fc.record({
      type: fc.constantFrom('claimed' as const, 'abandoned' as const, 'trashed' as const),
      at: fc.nat(10 ** 6),
    }),
    fc.record({
      type: fc.constantFrom('undo' as const, 'try-now' as const, 'held' as const, 'set-back' as const),
      at: fc.nat(10 ** 6),
    }),
    fc.record({
      type: fc.constantFrom('created' as const, 'found' as const),
      at: fc.nat(10 ** 6),
      row: fc.constant(row),
      asOf: fc.nat(10 ** 6),
    }),
    fc.record({
      type: fc.constantFrom('refused' as const, 'unsure' as const),
      at: fc.nat(10 ** 6),
      failure: fc.constantFrom(later, needsUser),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({
      type: fc.constantFrom('not-seen' as const, 'look-anew' as const, 'given-up' as const),
      at: fc.nat(10 ** 6),
    }),
    fc.record({
      type: fc.constant('not-appended' as const),
      at: fc.nat(10 ** 6),
      asOf: fc.constantFrom(0, SETTLE),
    }),
    fc.record({
      type: fc.constant('looked-on' as const),
      at: fc.nat(10 ** 6),
      cursor: fc.constant('c'),
      ids: fc.constant(['b1']),
    }),
    fc.record({
      type: fc.constant('created' as const),
      at: fc.nat(10 ** 6),
      row: fc.constantFrom(row, other),
      sent: fc.constant(capture),
      claim: fc.nat(3),
      doubt: fc.record({ madeAt: fc.nat(10 ** 6), lookedAt: fc.constantFrom(null, 0) }),
      content: fc.constantFrom([], [{ type: 'paragraph' }]),
    }),
    fc.record({
      type: fc.constant('verified' as const),
      at: fc.nat(10 ** 6),
      asOf: fc.constantFrom(0, SETTLE),
      doubles: fc.constantFrom([], [other]),
      suspects: fc.constantFrom([], [other]),
    }),
    fc.record({ type: fc.constant('undecided' as const), at: fc.nat(10 ** 6), other: fc.constant('s2') }),
    fc.record({
      type: fc.constantFrom('double-gone' as const, 'double-touched' as const),
      at: fc.nat(10 ** 6),
      id: fc.constant(other.id),
    }),
    fc.record({
      type: fc.constantFrom('unwanted' as const, 'spared' as const),
      at: fc.nat(10 ** 6),
      id: fc.constant(other.id),
    }),
    fc.record({
      type: fc.constant('blocks-verified' as const),
      at: fc.nat(10 ** 6),
      asOf: fc.constantFrom(0, SETTLE),
      surplus: fc.constantFrom([], ['b1']),
    }),
    fc.record({
      type: fc.constant('appended' as const),
      at: fc.nat(10 ** 6),
      ids: fc.constant(['b1']),
      doubt: fc.record({ madeAt: fc.nat(10 ** 6), lookedAt: fc.constantFrom(null, 0) }),
    }),
    fc.record({ type: fc.constant('taken-out' as const), at: fc.nat(10 ** 6), id: fc.constant('b1') }),
    fc.record({
      type: fc.constantFrom('adopted' as const, 'updated' as const),
      at: fc.nat(10 ** 6),
      row: fc.constant(row),
      held: fc.constant(capture),
      capture: fc.constantFrom(capture, { ...capture, title: 'Other' }),
      content: fc.constantFrom([], [{ type: 'paragraph' }]),
    }),
    fc.record({
      type: fc.constant('amended' as const),
      at: fc.nat(10 ** 6),
      capture: fc.constantFrom(capture, { ...capture, title: 'Other' }),
      destinationId: fc.constantFrom('ds1', 'ds2'),
      botId: fc.constant('bot1'),
    }),
    fc.record({
      type: fc.constant('absent' as const),
      at: fc.nat(10 ** 6),
      asOf: fc.nat(10 ** 6),
      since: fc.nat(10 ** 6),
      jitter: fc.constant(0),
    }),
  );

  it('gives a save that can be stored, and never forgets a row or sends over an open question', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.boolean(), (events, seek) => {
        let save = seek ? newSave('s1', capture, 'ds1', 'bot1', 1_000, 'leave') : fresh();
        for (const one of events) {
          const next = step(save, one);
          expect(WholeSave.safeParse(next).success).toBe(true);
          if (save.row) expect(next.row).toEqual(save.row);
          if (next.state === 'sending' && save.state !== 'sending') expect(save.state).toBe('kept');
          if (next.state === 'kept' && save.state === 'checking') expect(one.type === 'absent').toBe(true);
          // What was sent and may be there is looked into before it is sent again.
          if (save.content && save.content.sent > 0 && next.content?.sent === 0)
            expect(['appended', 'not-appended', 'refused']).toContain(one.type);
          // A double is never forgotten but into the trash, or to the user.
          for (const { id } of save.repeats?.doubles ?? []) expect(known(next)).toContain(id);
          // A row that was there before is never put in the trash.
          if (next.adopted) expect(nextAction(next)).not.toBe('trash');
          // What is not wanted is not added to, and there is always something left to be done about it.
          if (next.wanted === 'nothing' && next.state === 'in-notion')
            expect([
              'trash',
              'update',
              'look-into',
              'take-out',
              'verify',
              'verify-blocks',
              'trash-double',
            ]).toContain(nextAction(next));
          if (save.wanted === 'nothing') expect(next.wanted).toBe('nothing');
          save = next;
        }
      }),
    );
  });
});
