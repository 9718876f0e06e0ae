/**
 * Delivering what is due, one lane for each database: its rows arrive in the order in which they were kept. All lanes go on side
 * by side.
 */

import { LEASE } from '../../core/save/claim.ts';
import { isImportSave } from '../../core/save/import-save.ts';
import { type Action, dueTime, nextAction } from '../../core/save/next-action.ts';
import type { Save } from '../../core/save/record.ts';
import { step } from '../../core/save/save.ts';
import { isUnknown } from '../../core/save/standing.ts';
import { endOfWait } from '../../core/time.ts';
import type { Ports } from '../../ports.ts';
import type { Pace } from '../notion/pace.ts';
import type { Saves } from '../store/saves.ts';
import type { Deliver } from './deliver.ts';
import type { Steps } from './steps.ts';

/** How long a lane rests after something broke, in milliseconds. */
const REST = 30_000;

export type Lanes = {
  /** Delivers what is due and sets the alarm for what is due later. Safe to call at any time, any number of times. */
  wake(): void;
  /** Whether anything is being delivered now. */
  isBusy(): boolean;
  /** Settles when nothing is being delivered any more. */
  idle(): Promise<void>;
};

type Next = { save: Save; due: number } | null;
/** Saves that go one after another; `isHeldUp`: what is behind has to wait. */
type Queue = { work: Next; isHeldUp: boolean };

/** Whether it was saved in one go with others: nobody waits for that one. */
const isOfLot = ({ id, capture }: Save): boolean => capture.origin === 'tabs' || isImportSave(id);

const earlier = (one: Next, other: Next): Next => (one && (!other || one.due <= other.due) ? one : other);

export function createLanes({
  clock,
  alarm,
  keepAwake,
  saves,
  steps,
  deliver,
  pace,
}: Pick<Ports, 'clock' | 'alarm' | 'keepAwake'> & {
  saves: Saves;
  steps: Steps;
  deliver: Deliver;
  pace: Pace;
}): Lanes {
  /** The lanes that are being delivered now, by data source. */
  const lanes = new Map<string, Promise<void>>();
  /** Lanes that rest after something broke that is not the save's doing, with the time they rest until. */
  const resting = new Map<string, number>();
  let settingBack: Promise<void> | null = null;

  function wake(): void {
    const at = clock();
    const ahead = [...saves.open()].filter((save) => save.changedAt > at).map((save) => save.id);
    if (ahead.length > 0) {
      setBack(ahead);
      return;
    }
    const later: number[] = [];
    for (const destinationId of new Set([...saves.open()].map((save) => save.destinationId))) {
      const next = nextInLane(destinationId);
      if (next && !lanes.has(destinationId) && next.due <= clock()) begin(destinationId);
      // Should the background die over its work, the alarm is all that brings it back.
      if (lanes.has(destinationId)) later.push(clock() + LEASE);
      else if (next) later.push(next.due);
    }
    void alarm.set(later.length > 0 ? Math.min(...later) : null);
  }

  /** The device's clock was set back. */
  function setBack(ids: readonly string[]): void {
    settingBack ??= steps
      .advanceAll(ids, { type: 'set-back', at: clock() })
      .then(
        () => undefined,
        (error) => {
          console.error('Rowmark could not follow the clock.', error);
          return alarm.set(clock() + REST);
        },
      )
      .finally(() => {
        settingBack = null;
      });
    void settingBack.then(() => {
      if ([...saves.open()].every((save) => save.changedAt <= clock())) wake();
    });
  }

  const isBusy = (): boolean => lanes.size > 0 || settingBack !== null;

  function begin(destinationId: string): void {
    const lane = keepAwake(deliverLane(destinationId)).finally(() => {
      lanes.delete(destinationId);
      wake();
    });
    lanes.set(destinationId, lane);
  }

  async function deliverLane(destinationId: string): Promise<void> {
    try {
      for (let save = firstDue(destinationId); save; save = firstDue(destinationId)) await attempt(save);
    } catch (error) {
      // A bug, or storage that takes no writes: the save stands as it was stored last, and is taken up again later.
      console.error('Rowmark could not go on delivering.', error);
      resting.set(destinationId, clock() + REST);
    }
  }

  /**
   * What a lane does next, and when. One that must wait before it is sent holds up those behind it; one that may have arrived
   * already does not. What was saved by hand comes before what was saved with many others, and each of the two keeps its order.
   * Doubles are looked for when nothing else is due: then one look is for all.
   */
  function nextInLane(destinationId: string): Next {
    const byHand: Queue = { work: null, isHeldUp: false };
    const inLots: Queue = { work: null, isHeldUp: false };
    let look: Next = null;
    for (const save of saves.open()) {
      if (save.destinationId !== destinationId) continue;
      const queue = isOfLot(save) ? inLots : byHand;
      if (queue.isHeldUp) continue;
      const due = isUndecided(save) ? null : dueTime(save);
      if (due !== null && nextAction(save) === 'verify') look = earlier(look, { save, due });
      else if (due !== null) queue.work = earlier(queue.work, { save, due });
      queue.isHeldUp = save.state === 'kept';
    }
    const [hand, lot] = [byHand.work, inLots.work];
    const due = [hand, lot].find((one) => one && one.due <= clock());
    const next = due ?? earlier(earlier(hand, lot), look);
    if (next === null) return null;
    const rested = endOfWait(resting.get(destinationId) ?? 0, REST, clock());
    const earliest = Math.max(rested, pace.readyAt(next.save.botId, !isOfLot(next.save)));
    return { ...next, due: Math.max(next.due, earliest) };
  }

  function firstDue(destinationId: string): Save | null {
    const next = nextInLane(destinationId);
    return next && next.due <= clock() ? next.save : null;
  }

  /** Whether nothing can be done about a save before another one has found its row. */
  function isUndecided(save: Save): boolean {
    const other = saves.openOne(save.repeats?.row?.waitsFor ?? '');
    return other !== undefined && isUnknown(other) && nextAction(save) === 'verify';
  }

  /** Claims a save, as it is now, for what is to be done about it now; null when there is nothing by now. */
  const claim = (id: string): Promise<{ claimed: Save; action: Action } | null> =>
    saves.inTurn(async () => {
      const save = saves.openOne(id);
      const action = save ? nextAction(save) : null;
      if (!save || action === null) return null;
      const claimed = step(save, { type: 'claimed', at: clock() });
      if (claimed === save) return null;
      await steps.store([claimed]);
      return { claimed, action };
    });

  async function attempt(save: Save): Promise<void> {
    const work = await claim(save.id);
    // Undone or amended in the meantime: there is something else to do, or nothing.
    if (!work && saves.openOne(save.id) !== save) return;
    if (!work) throw new Error(`The save ${save.id} could not be claimed.`);
    const { claimed, action } = work;
    const outcome = await deliver[action](claimed);
    const moved = await steps.advance(save.id, { ...outcome, claim: claimed.claim ?? 0 });
    if (moved) pace.follow(moved);
  }

  return {
    wake,
    isBusy,
    async idle() {
      while (isBusy()) await Promise.all([settingBack, ...lanes.values()]);
    },
  };
}
