/** What the user is told outside the extension's pages: the badge, and the toast of a quick save. */
import { type Failure, meaningOf } from '../core/failure.ts';
import { labelOf } from '../core/notion/label.ts';
import { labelEntries, labelText } from '../core/notion/labels.ts';
import type { OutboxSummary, Save } from '../core/save/record.ts';
import type { BadgeContent, Ports, ToastContent } from '../ports.ts';
import type { Records } from './records.ts';

export type Announcer = ReturnType<typeof createAnnouncer>;

/** How long "saved" stays on the badge, in milliseconds. */
const DONE_SHOWN = 4_000;

export function createAnnouncer(
  { badge, pages, text, keepAwake }: Pick<Ports, 'badge' | 'pages' | 'text' | 'keepAwake'>,
  records: Records,
) {
  /** The tab in which a quick save was asked for. A cache: without it, the badge alone tells. */
  const tabs = new Map<string, number>();

  /** The badge when nothing has just happened: nothing, a count of what waits, or a mark when the user is needed. */
  function standing({ waiting, needsYou }: OutboxSummary): BadgeContent | null {
    if (needsYou.count > 0) return { text: '!', tone: 'needs-you', title: text('badge_needs_you') };
    const count = String(waiting.count);
    return waiting.count > 0 ? { text: count, tone: 'neutral', title: text('badge_waiting', count) } : null;
  }

  const shown = (content: BadgeContent | null) => badge.show(content).catch(() => undefined);

  async function toast(tabId: number, content: ToastContent): Promise<void> {
    await pages.toast(tabId, content).catch(() => false);
  }

  async function destinationLabel(id: string): Promise<string> {
    const catalog = await records.get('catalog');
    const connections = await records.get('connections');
    const labels = labelEntries(catalog?.entries ?? [], {
      pages: catalog?.pages ?? [],
      workspaceOf: (botId) => connections?.[botId]?.workspaceName || text('options_workspace'),
      untitled: text('popup_untitled_database'),
    });
    const entry = catalog?.entries.find((one) => one.id === id);
    const label = labels.get(id);
    return entry && label ? labelOf(entry.icon, labelText(label)) : '';
  }

  async function toastFor(save: Save, tabId: number): Promise<void> {
    const place = await destinationLabel(save.destinationId);
    const content = (tone: ToastContent['tone'], title: string, detail: string) =>
      toast(tabId, { id: save.id, tone, title, detail });
    switch (save.state) {
      case 'kept':
      case 'sending':
      case 'checking':
        if (save.failure) return content('neutral', text('toast_kept'), text(meaningOf(save.failure).title));
        return content('neutral', text('toast_kept'), place ? text('toast_to', place) : '');
      case 'in-notion':
        return content('done', text('toast_saved'), place ? text('toast_to', place) : '');
      case 'needs-you':
        return failed(tabId, save.id, save.failure);
      case 'undone':
        return content('neutral', text('toast_undone'), place);
    }
  }

  async function failed(tabId: number, id: string, why: Failure | null): Promise<void> {
    const meaning = meaningOf(why ?? { code: 'unexpected' });
    await toast(tabId, { id, tone: 'needs-you', title: text(meaning.title), detail: text(meaning.body) });
  }

  return {
    /** From now on the toast in that tab follows this save. */
    follow(saveId: string, tabId: number): void {
      tabs.set(saveId, tabId);
    },

    /** Tells of a save that has changed. */
    changed(save: Save, outbox: OutboxSummary): void {
      const tabId = tabs.get(save.id);
      if (tabId !== undefined && save.state !== 'sending') void toastFor(save, tabId);
      if (tabId !== undefined && save.state === 'in-notion' && save.wanted === 'row') {
        tabs.delete(save.id);
        void keepAwake(flash(standing(outbox)));
      } else {
        void shown(standing(outbox));
      }
    },

    /** Tells of something that could not even be kept. */
    async refused(tabId: number | undefined, why: Failure): Promise<void> {
      const { title } = meaningOf(why);
      await shown({ text: '!', tone: 'needs-you', title: text(title) });
      if (tabId !== undefined) await failed(tabId, 'refused', why);
    },

    /** Puts the badge right after a start. */
    settle: (outbox: OutboxSummary) => shown(standing(outbox)),
  };

  async function flash(then: BadgeContent | null): Promise<void> {
    await shown({ text: '✓', tone: 'done', title: text('toast_saved') });
    await new Promise((resolve) => setTimeout(resolve, DONE_SHOWN));
    await shown(then);
  }
}
