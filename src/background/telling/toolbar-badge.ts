/** What the toolbar button shows: decided in one place, from how things stand when it is shown. */
import type { OutboxSummary } from '../../core/save/record.ts';
import { emptyOutbox } from '../../core/save/record.ts';
import type { BadgeContent, Ports } from '../../ports.ts';
import { createLatestInTurn } from './latest-in-turn.ts';

/** How long "saved" stays, in milliseconds. */
const DONE_SHOWN = 4_000;

/** Whether the user begins to be needed by it, or no longer is: tabs look otherwise then, see `Marks.lookAgain`. */
type Turned = boolean;

export type ToolbarBadge = {
  /** How things stand with what is kept. */
  stands(next: OutboxSummary): Turned;
  /** A save has been kept: what was refused before is over. */
  kept(): Turned;
  /** A save that the user was watching has arrived. */
  arrived(): void;
  /** Something could not even be kept. */
  refused(title: string): Turned;
  /** Marks that tab, or takes its mark away: as things stand when `isSaved` is answered. */
  markTab(tabId: number, isSaved: () => Promise<boolean>): void;
};

export function createToolbarBadge({
  badge,
  text,
  keepAwake,
}: Pick<Ports, 'badge' | 'text' | 'keepAwake'>): ToolbarBadge {
  let outbox: OutboxSummary = emptyOutbox;
  /** Why something could not even be kept, until something is. */
  let refusal: string | null = null;
  /** How many saves have arrived a moment ago. */
  let arrived = 0;
  const inTurn = createLatestInTurn();

  /** The user is needed: nothing else is shown before that, in no tab. */
  function needed(): BadgeContent | null {
    const title = refusal ?? (outbox.needsYou.count > 0 ? text('badge_needs_you') : null);
    return title === null ? null : { text: '!', tone: 'needs-you', title };
  }

  function content(): BadgeContent | null {
    const count = String(outbox.waiting.count);
    return (
      needed() ??
      (arrived > 0 ? { text: '✓', tone: 'done', title: text('toast_saved') } : null) ??
      (outbox.waiting.count > 0
        ? { text: count, tone: 'neutral', title: text('badge_waiting', count) }
        : null)
    );
  }

  /** One showing at a time, each of how things stand when it begins. */
  const show = () => inTurn('all tabs', () => badge.show(content()));

  function change(next: () => void): Turned {
    const before = needed() !== null;
    next();
    show();
    return before !== (needed() !== null);
  }

  return {
    stands: (next) =>
      change(() => {
        outbox = next;
      }),

    kept: () =>
      change(() => {
        refusal = null;
      }),

    arrived() {
      arrived += 1;
      show();
      void keepAwake(new Promise((resolve) => setTimeout(resolve, DONE_SHOWN))).then(() => {
        arrived -= 1;
        show();
      });
    },

    refused: (title) =>
      change(() => {
        refusal = title;
      }),

    markTab: (tabId, isSaved) =>
      inTurn(`tab ${tabId}`, async () => {
        const isMarked = (await isSaved()) && needed() === null;
        // The tab may be gone by now.
        await badge.mark(tabId, isMarked ? text('toast_already') : null).catch(() => undefined);
      }),
  };
}
