/** What the user is told outside the extension's pages: the badge, and the toast of a quick save. */
import * as z from 'zod/mini';
import { labelOf } from '../../core/database/label.ts';
import { labelText } from '../../core/database/labels.ts';
import type { Failure } from '../../core/failure.ts';
import { meaningOf } from '../../core/meaning.ts';
import { contentTold } from '../../core/save/content-told.ts';
import { isArrived, type OutboxSummary, type Save } from '../../core/save/record.ts';
import type { Ports } from '../../ports.ts';
import type { PopupSubject } from '../../protocol/popup-subject.ts';
import { popupSubjectKey } from '../../protocol/popup-subject-key.ts';
import type { ToastContent } from '../../protocol/toast.ts';
import { databaseLabels } from '../databases/labels.ts';
import type { Records } from '../store/records.ts';
import { createSerial } from '../store/serial.ts';
import { createLatestInTurn } from './latest-in-turn.ts';
import type { Marks } from './marks.ts';
import { toastOffers } from './toast-offers.ts';
import type { ToolbarBadge } from './toolbar-badge.ts';

/** So many toasts are remembered. */
const MOST_FOLLOWED = 20;

/**
 * `takesFocus`: it is about to be shown for the first time, on a key press. `isKnown`: the page was saved before, as far as
 * this device knows. `isAsked`: the user has asked for it, and has not been told yet. `told`: what it was told last, as JSON.
 */
type Toast = {
  id: string;
  tabId: number;
  takesFocus: boolean;
  isKnown: boolean;
  isAsked: boolean;
  told?: string;
};

const Links = z.record(z.string(), z.string());
const linksKey = (tabId: number): string => `toasts:${tabId}`;

export type Announcer = {
  /** How things stand, when the background begins. */
  stands(outbox: OutboxSummary): void;
  /** From now on a toast in that tab tells of this save. @param isKnown the page was saved before, as far as this device knows */
  follow(saveId: string, tabId: number, takesFocus: boolean, isKnown?: boolean): void;
  /** From now on a toast tells of another save, which has taken the place of the one it told of. */
  turn(from: string, to: string): void;
  /** The save that a toast in that tab tells of now; null when there is none. */
  toldOf(tabId: number, toastId: string): Promise<string | null>;
  /** Tells of a save that has changed. */
  changed(save: Save, outbox: OutboxSummary): void;
  /** Tells of a save that was asked for before. */
  again(save: Save, tabId: number, takesFocus: boolean): void;
  /** Tells of something that could not even be kept. @returns whether a toast does */
  refused(tabId: number | undefined, why: Failure): Promise<boolean>;
};

export function createAnnouncer({
  clock,
  pages,
  popup,
  text,
  session,
  records,
  badge,
  marks,
}: Pick<Ports, 'clock' | 'pages' | 'popup' | 'text' | 'session'> & {
  records: Records;
  badge: Pick<ToolbarBadge, 'stands' | 'kept' | 'arrived' | 'refused'>;
  marks: Pick<Marks, 'lookAgain'>;
}): Announcer {
  /** The toast that tells of a save. A cache: without it, the badge alone tells. */
  const toasts = new Map<string, Toast>();
  /** What the toasts in a tab tell of is changed by one at a time. */
  const linksInTurn = createSerial();
  /** One telling of each toast at a time: what is still to be told is out of date when there is something newer. */
  const inTurn = createLatestInTurn();

  const toast = (tabId: number, content: ToastContent): Promise<boolean> =>
    pages.toast(tabId, content).catch(() => false);

  /** Where no toast can stand, the popup shows the save; where the browser opens none, the badge alone tells. */
  async function openPopup(saveId: string, tabId: number, isAgain: boolean): Promise<void> {
    const key = popupSubjectKey(tabId);
    const subject: PopupSubject = { saveId, isAgain, at: clock() };
    await session.set({ [key]: subject }).catch(() => undefined);
    if (!(await popup.open(tabId))) await session.remove([key]).catch(() => undefined);
  }

  async function destinationLabel(id: string): Promise<string> {
    const [catalog, labels] = await Promise.all([records.get('catalog'), databaseLabels({ text }, records)]);
    const entry = catalog?.entries.find((one) => one.id === id);
    const label = labels.get(id);
    return entry && label ? labelOf(entry.icon, labelText(label)) : '';
  }

  /** @param isAgain whether the page was saved before the user asked for it now */
  const toastFor = (save: Save, to: Toast, isAgain = false): void =>
    inTurn(`${to.tabId} ${to.id}`, () => tell(save, to, isAgain));

  async function tell(save: Save, to: Toast, isAgain: boolean): Promise<void> {
    const { tabId, id } = to;
    const takeFocus = to.takesFocus;
    to.takesFocus = false;
    const [place, actions] = await Promise.all([
      destinationLabel(save.destinationId),
      toastOffers(save, records, takeFocus),
    ]);
    const content = async (tone: ToastContent['tone'], title: string, detail: string) => {
      const next = { id, tone, title, detail, ...(actions ? { actions } : {}) };
      const told = JSON.stringify({ ...next, actions: actions && { ...actions, takeFocus: false } });
      // A save takes more steps than there are words for.
      const isOld = told === to.told && !isAgain && !takeFocus;
      to.told = told;
      if (isOld) return;
      const isShown = await toast(tabId, next);
      const { isAsked } = to;
      to.isAsked = false;
      if (isAsked && !isShown) await openPopup(save.id, tabId, isAgain);
    };
    switch (save.state) {
      case 'kept':
      case 'sending':
      case 'checking':
        if (save.failure) return content('neutral', text('toast_kept'), text(meaningOf(save.failure).title));
        return content(
          'neutral',
          text(to.isKnown ? 'toast_known' : 'toast_kept'),
          place ? text('toast_to', place) : '',
        );
      case 'in-notion': {
        if (save.wanted === 'nothing') return content('neutral', text('popup_undoing'), '');
        if (save.written) return content('neutral', text('toast_kept'), text('popup_kept_change'));
        const isFound = isAgain || save.adopted !== undefined;
        return content(
          'done',
          text(isFound ? 'toast_already' : 'toast_saved'),
          [place ? text('toast_to', place) : '', contentTold(save, text)]
            .filter((part) => part !== '')
            .join(' · '),
        );
      }
      case 'needs-you':
        return content('needs-you', ...wordsOf(save.failure));
      case 'undone':
        if (save.failure) return content('neutral', ...wordsOf(save.failure));
        return content('neutral', text('toast_undone'), save.adopted ? text('toast_given_back') : place);
    }
  }

  function wordsOf(why: Failure | null): [title: string, body: string] {
    const { title, body } = meaningOf(why ?? { code: 'unexpected' });
    return [text(title), text(body)];
  }

  /** From now on a toast in that tab tells of this save. */
  function follow(saveId: string, tabId: number, takesFocus: boolean, isKnown = false): Toast {
    const known = toasts.get(saveId);
    const before = known?.tabId === tabId ? known : { id: saveId, tabId, isKnown };
    const toast = { ...before, takesFocus, isAsked: true };
    link(saveId, toast);
    return toast;
  }

  function link(saveId: string, toast: Toast): void {
    toasts.set(saveId, toast);
    const [oldest] = toasts.keys();
    if (toasts.size > MOST_FOLLOWED && oldest !== undefined) toasts.delete(oldest);
    linksInTurn(async () => {
      const all = Object.entries(await readLinks(toast.tabId)).slice(-MOST_FOLLOWED);
      const next = { ...Object.fromEntries(all), [toast.id]: saveId };
      await session.set({ [linksKey(toast.tabId)]: next });
    }).catch((error) => console.error('Rowmark could not note what a toast tells of.', error));
  }

  /** What the toasts in a tab tell of, by their ids; known also to a background that did not show them. */
  async function readLinks(tabId: number): Promise<Record<string, string>> {
    const read = z.safeParse(Links, (await session.get([linksKey(tabId)]))[linksKey(tabId)]);
    return read.success ? read.data : {};
  }

  /** Where the user is needed, tabs are marked otherwise. */
  const turned = (is: boolean): void => {
    if (is) void marks.lookAgain();
  };
  const stands = (outbox: OutboxSummary): void => turned(badge.stands(outbox));

  return {
    stands,
    follow,

    turn(from, to) {
      const toast = toasts.get(from);
      if (!toast || from === to) return;
      toasts.delete(from);
      link(to, toast);
    },

    async toldOf(tabId, toastId) {
      return (await readLinks(tabId))[toastId] ?? null;
    },

    changed(save, outbox) {
      const toast = toasts.get(save.id);
      if (toast && save.state !== 'sending') toastFor(save, toast);
      stands(outbox);
      if (save.state === 'kept' && save.tries === 0) turned(badge.kept());
      if (toast && isArrived(save) && save.state === 'in-notion') badge.arrived();
    },

    again(save, tabId, takesFocus) {
      toastFor(save, follow(save.id, tabId, takesFocus), true);
    },

    async refused(tabId, why) {
      const { title } = meaningOf(why);
      turned(badge.refused(text(title)));
      if (tabId === undefined) return false;
      const [head, detail] = wordsOf(why);
      return toast(tabId, { id: 'refused', tone: 'needs-you', title: head, detail });
    },
  };
}
