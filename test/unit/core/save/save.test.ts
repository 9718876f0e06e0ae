import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../../src/core/capture/capture.ts';
import { failure } from '../../../../src/core/failure.ts';
import { Save } from '../../../../src/core/save/record.ts';
import {
  dueTime,
  isFinished,
  LEASE,
  newSave,
  nextAction,
  type SaveEvent,
  SETTLE,
  step,
} from '../../../../src/core/save/save.ts';

const capture: Capture = {
  url: 'https://example.org/',
  title: 'Example',
  description: '',
  tags: [],
  at: 1_000,
  origin: 'popup',
};
const row = { id: 'row-1', url: 'https://app.notion.com/p/row1' };
const fresh = () => newSave('s1', capture, 'ds1', 'bot1', 1_000);
const later = failure('offline');
const needsUser = failure('not-shared');

const absentAt = (at: number, asOf: number, jitter: number): SaveEvent => ({
  type: 'absent',
  at,
  asOf,
  settledAt: 0,
  jitter,
});

/** Takes the steps one after another. */
const through = (...events: SaveEvent[]): Save => events.reduce(step, fresh());

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
    expect(dueTime(waiting)).toBe(3_000 + 4_000_500);
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
    expect(step(unsure, { type: 'found', at: 4_000, row })).toMatchObject({ state: 'in-notion', row });
  });

  it('is not believed absent until a query must have seen it', () => {
    const early = step(unsure, absentAt(3_000 + SETTLE - 1, 3_000 + SETTLE - 1, 1));
    expect(early.state).toBe('checking');
    expect(dueTime(early)).toBe(3_000 + SETTLE);
    // Asked before, heard after: the computer has slept meanwhile.
    expect(step(unsure, absentAt(3_000 + 2 * SETTLE, 3_000 + SETTLE - 1, 1))).toMatchObject({
      state: 'checking',
      dueAt: 3_000 + 2 * SETTLE,
    });
    expect(step(unsure, absentAt(3_000 + SETTLE, 3_000 + SETTLE, 1))).toMatchObject({
      state: 'kept',
      sentAt: null,
    });
  });

  it('is assumed when whoever sent it is gone', () => {
    const sending = through({ type: 'claimed', at: 2_000 });
    expect(step(sending, { type: 'abandoned', at: 5_000 })).toMatchObject({
      state: 'checking',
      settledAt: 5_000 + SETTLE,
    });
    expect(step(sending, { type: 'claimed', at: 2_000 + LEASE })).toMatchObject({ state: 'checking' });
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
    expect(step(early, absentAt(3_000 + SETTLE, 3_000 + SETTLE, 0)).state).toBe('undone');
  });
});

describe('any sequence of events', () => {
  const event: fc.Arbitrary<SaveEvent> = fc.oneof(
    fc.record({
      type: fc.constantFrom('claimed' as const, 'abandoned' as const, 'trashed' as const),
      at: fc.nat(10 ** 6),
    }),
    fc.record({ type: fc.constantFrom('undo' as const, 'try-now' as const), at: fc.nat(10 ** 6) }),
    fc.record({
      type: fc.constantFrom('created' as const, 'found' as const),
      at: fc.nat(10 ** 6),
      row: fc.constant(row),
    }),
    fc.record({
      type: fc.constantFrom('refused' as const, 'unsure' as const),
      at: fc.nat(10 ** 6),
      failure: fc.constantFrom(later, needsUser),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({
      type: fc.constant('absent' as const),
      at: fc.nat(10 ** 6),
      asOf: fc.nat(10 ** 6),
      settledAt: fc.nat(10 ** 6),
      jitter: fc.constant(0),
    }),
  );

  it('gives a save that can be stored, and never forgets a row or sends over an open question', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let save = fresh();
        for (const one of events) {
          const next = step(save, one);
          expect(Save.safeParse(next).success).toBe(true);
          if (save.row) expect(next.row).toEqual(save.row);
          if (next.state === 'sending' && save.state !== 'sending') expect(save.state).toBe('kept');
          if (next.state === 'kept' && save.state === 'checking') expect(one.type === 'absent').toBe(true);
          if (save.wanted === 'nothing') expect(next.wanted).toBe('nothing');
          save = next;
        }
      }),
    );
  });
});
