/** The badge shows how things stand when it is shown, whatever was shown before. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createToolbarBadge, type ToolbarBadge } from '../../../src/background/telling/toolbar-badge.ts';
import { emptyOutbox, type OutboxSummary } from '../../../src/core/save/record.ts';
import type { BadgeContent } from '../../../src/ports.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const few = (count: number) => ({ count, ids: [] });
const outbox = (waiting: number, needsYou = 0): OutboxSummary => ({
  ...emptyOutbox,
  waiting: few(waiting),
  needsYou: few(needsYou),
});

function createBrowser() {
  const shown: (BadgeContent | null)[] = [];
  const marks = new Map<number, string | null>();
  const turns: number[] = [];
  const slow: (() => void)[] = [];
  let isSlow = false;
  const plain = createToolbarBadge({
    badge: {
      async show(content) {
        if (isSlow) await new Promise<void>((resolve) => slow.push(resolve));
        shown.push(content);
      },
      async mark(tabId, title) {
        marks.set(tabId, title);
      },
    },
    text: (key, ...parts) => [key, ...parts].join(' '),
    keepAwake: (work) => work,
  });
  const noted = (turned: boolean) => {
    if (turned) turns.push(shown.length);
    return turned;
  };
  const badge: ToolbarBadge = {
    ...plain,
    stands: (next) => noted(plain.stands(next)),
    kept: () => noted(plain.kept()),
    refused: (title) => noted(plain.refused(title)),
  };
  return {
    badge,
    marks,
    turns,
    now: async () => {
      await vi.advanceTimersByTimeAsync(0);
      return shown.at(-1)?.text ?? null;
    },
    slowDown: (is: boolean) => {
      isSlow = is;
    },
    answer: () => slow.shift()?.(),
  };
}

it('says that something has arrived, and then how things stand by then', async () => {
  const { badge, now } = createBrowser();
  badge.stands(outbox(1));
  expect(await now()).toBe('1');
  badge.stands(outbox(0));
  badge.arrived();
  expect(await now()).toBe('✓');
  badge.stands(outbox(2));
  expect(await now()).toBe('✓');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await now()).toBe('2');
});

it('keeps saying that the user is needed, whatever arrives meanwhile', async () => {
  const { badge, now } = createBrowser();
  badge.arrived();
  badge.stands(outbox(0, 1));
  expect(await now()).toBe('!');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await now()).toBe('!');
  badge.arrived();
  expect(await now()).toBe('!');
  badge.stands(outbox(0));
  expect(await now()).toBe('✓');
});

it('says that something could not be kept until something is, whatever else goes on', async () => {
  const { badge, now } = createBrowser();
  badge.refused('It cannot be saved');
  badge.stands(outbox(1));
  badge.arrived();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await now()).toBe('!');
  badge.kept();
  expect(await now()).toBe('1');
});

it('counts what arrives one after the other from the last one on', async () => {
  const { badge, now } = createBrowser();
  badge.arrived();
  await vi.advanceTimersByTimeAsync(3_000);
  badge.arrived();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await now()).toBe('✓');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await now()).toBeNull();
});

it('ends with what came last, however slowly the browser shows it', async () => {
  const { badge, now, slowDown, answer } = createBrowser();
  slowDown(true);
  badge.stands(outbox(1));
  badge.stands(outbox(2));
  badge.stands(outbox(0, 1));
  answer();
  expect(await now()).toBe('1');
  slowDown(false);
  answer();
  expect(await now()).toBe('!');
});

it('marks no tab while the user is needed, and tells when that turns', async () => {
  const { badge, marks, turns } = createBrowser();
  let answer = (_: boolean) => {};
  badge.markTab(7, () => new Promise((resolve) => (answer = resolve)));
  // It turns while the rows are asked.
  badge.stands(outbox(0, 1));
  answer(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(marks.get(7)).toBeNull();
  badge.stands(outbox(3, 2));
  badge.stands(outbox(3));
  expect(turns).toHaveLength(2);
  badge.markTab(7, async () => true);
  await vi.advanceTimersByTimeAsync(0);
  expect(marks.get(7)).toBe('toast_already');
});
