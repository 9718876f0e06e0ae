/** Which letter or digit a key stands for where it is pressed for itself: in the toast, the popup and the options. */
import { isComposing } from './composing.ts';

/** What of a `KeyboardEvent` tells it; `getModifierState` may be missing. */
export type PressedKey = {
  key: string;
  code: string;
  isComposing: boolean;
  keyCode: number;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  getModifierState?(modifier: string): boolean;
};

const LATIN = /^\p{Script=Latin}$/u;
/** Names of keys without a character, which the standard writes so: `Enter`, `F5` (https://www.w3.org/TR/uievents-key/). */
const NAMED = /^[A-Z][A-Za-z\d]+$/;
/** Named, but in the place of a character, which is still to come or is not told. */
const WITHOUT_CHARACTER = ['Dead', 'Process', 'Unidentified'];

/**
 * The letter or digit of a shortcut that this key stands for, `a` to `z` and `0` to `9`; null: it is none.
 *
 * A letter counts as it is typed, so on Dvorak and AZERTY it is the one on the cap. A layout of another script types none
 * of these letters: there the key's place counts, which is where that letter is on the same keyboard in Latin. Digits that
 * are typed with Shift count by their place without it too (AZERTY, Czech).
 */
export function shortcutOf(pressed: PressedKey): string | null {
  const { key, code, ctrlKey, altKey, metaKey, shiftKey } = pressed;
  if (isComposing(pressed) || ctrlKey || altKey || metaKey || pressed.getModifierState?.('AltGraph'))
    return null;
  if (/^[a-z\d]$/i.test(key)) return key.toLowerCase();
  const isNamed = NAMED.test(key);
  if (isNamed && !WITHOUT_CHARACTER.includes(key)) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shiftKey ? null : digit;
  // The letter is elsewhere on a layout that types another Latin letter here, or a sign.
  const isOfOtherScript = isNamed || !(LATIN.test(key) || /^[\x20-\x7e]*$/.test(key));
  return isOfOtherScript ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null) : null;
}
