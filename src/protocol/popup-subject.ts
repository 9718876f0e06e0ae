/**
 * The save that the popup is about when the background has opened it in the place of a toast. It lies in `storage.session`,
 * one for each tab, until the popup takes it.
 */
import * as z from 'zod/mini';

export const PopupSubject = z.object({
  saveId: z.string(),
  /** Whether the page was saved before the user asked for it now. */
  isAgain: z.boolean(),
  /** When the popup was opened, in milliseconds since the epoch. */
  at: z.number(),
});
export type PopupSubject = z.infer<typeof PopupSubject>;

/** A popup that was opened longer ago, in milliseconds, never came to read it; another page may be in the tab since. */
const LIFETIME = 10_000;

/** @returns null for one that is not there, cannot be read, or is older than a popup takes to open */
export function readPopupSubject(raw: unknown, now: number): PopupSubject | null {
  const { success, data } = z.safeParse(PopupSubject, raw);
  return success && Math.abs(now - data.at) <= LIFETIME ? data : null;
}
