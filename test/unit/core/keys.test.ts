import { describe, expect, it } from 'vitest';
import { type PressedKey, shortcutOf } from '../../../src/core/keys.ts';
import { PRESET_KEYS } from '../../../src/core/settings/preset-keys.ts';

const pressed = (key: string, code: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code,
  isComposing: false,
  keyCode: 0,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
});

/** What these places type, in the layouts of xkeyboard-config 2.42, and what is meant by it. */
const LAYOUTS: [layout: string, typed: [code: string, key: string, means: string | null][]][] = [
  [
    'US',
    [
      ['KeyT', 't', 't'],
      ['KeyU', 'u', 'u'],
      ['Digit1', '1', '1'],
      ['Comma', ',', null],
    ],
  ],
  [
    'Dvorak',
    [
      ['KeyK', 't', 't'],
      ['KeyF', 'u', 'u'],
      ['KeyT', 'y', 'y'],
      ['KeyW', ',', null],
      ['KeyE', '.', null],
      ['KeyQ', "'", null],
    ],
  ],
  [
    'Colemak',
    [
      ['KeyF', 't', 't'],
      ['KeyL', 'u', 'u'],
      ['KeyP', ';', null],
    ],
  ],
  [
    'AZERTY',
    [
      ['KeyQ', 'a', 'a'],
      ['KeyA', 'q', 'q'],
      ['Digit1', '&', '1'],
      ['Digit2', 'é', '2'],
      ['Digit7', 'è', '7'],
      ['Semicolon', 'm', 'm'],
      ['KeyM', ',', null],
      ['Quote', 'ù', null],
    ],
  ],
  [
    'QWERTZ',
    [
      ['KeyZ', 'y', 'y'],
      ['KeyY', 'z', 'z'],
      ['Semicolon', 'ö', null],
    ],
  ],
  [
    'BÉPO',
    [
      ['KeyT', 'è', null],
      ['KeyW', 'é', null],
      ['KeyJ', 't', 't'],
      ['Digit1', '"', '1'],
      ['Digit2', '«', '2'],
    ],
  ],
  [
    'Turkish F',
    [
      ['KeyE', 'ğ', null],
      ['KeyR', 'ı', null],
      ['KeyI', 'n', 'n'],
      ['KeyK', 't', 't'],
    ],
  ],
  [
    'Czech',
    [
      ['Digit1', '+', '1'],
      ['Digit2', 'ě', '2'],
      ['Digit8', 'á', '8'],
      ['Semicolon', 'ů', null],
    ],
  ],
  [
    'Vietnamese',
    [
      ['Digit1', 'ă', '1'],
      ['Digit3', 'ê', '3'],
      ['KeyT', 't', 't'],
    ],
  ],
  [
    'Russian',
    [
      ['KeyT', 'е', 't'],
      ['KeyN', 'т', 'n'],
      ['KeyS', 'ы', 's'],
      ['KeyD', 'в', 'd'],
      ['KeyU', 'г', 'u'],
      ['KeyO', 'щ', 'o'],
      ['KeyE', 'у', 'e'],
      ['Digit1', '1', '1'],
      ['BracketLeft', 'х', null],
    ],
  ],
  [
    'Ukrainian',
    [
      ['KeyS', 'і', 's'],
      ['Quote', 'є', null],
    ],
  ],
  [
    'Greek',
    [
      ['KeyT', 'τ', 't'],
      ['KeyU', 'θ', 'u'],
      ['KeyS', 'σ', 's'],
      ['KeyW', 'ς', 'w'],
      ['Semicolon', 'Dead', null],
      ['KeyE', 'ε', 'e'],
    ],
  ],
  [
    'Hebrew',
    [
      ['KeyT', 'א', 't'],
      ['KeyU', 'ו', 'u'],
      ['KeyE', 'ק', 'e'],
      ['KeyW', "'", null],
    ],
  ],
  [
    'Arabic',
    [
      ['KeyT', 'ف', 't'],
      ['KeyU', 'ع', 'u'],
      ['KeyB', 'لا', 'b'],
      ['Digit1', '١', '1'],
      ['Numpad3', '٣', '3'],
    ],
  ],
  [
    'Persian',
    [
      ['KeyT', 'ف', 't'],
      ['Digit4', '۴', '4'],
    ],
  ],
  [
    'Thai',
    [
      ['KeyT', 'ะ', 't'],
      ['KeyU', 'ี', 'u'],
      ['KeyN', 'ื', 'n'],
      ['Digit1', 'ๅ', '1'],
    ],
  ],
  [
    'Devanagari',
    [
      ['KeyU', 'ह', 'u'],
      ['KeyD', '्', 'd'],
      ['KeyO', 'द', 'o'],
    ],
  ],
  ['Georgian', [['KeyT', 'ტ', 't']]],
  ['Armenian', [['KeyT', 'է', 't']]],
  [
    'Korean',
    [
      ['KeyT', 'ㅅ', 't'],
      ['KeyU', 'ㅕ', 'u'],
    ],
  ],
  [
    'Japanese kana',
    [
      ['KeyT', 'か', 't'],
      ['Digit1', 'ぬ', '1'],
    ],
  ],
  [
    'Bopomofo',
    [
      ['KeyT', 'ㄔ', 't'],
      ['Digit1', 'ㄅ', '1'],
    ],
  ],
];

describe.each(LAYOUTS)('a key of the layout %s', (_, typed) => {
  it.each(typed)('%s, which types %s, means %s', (code, key, means) => {
    expect(shortcutOf(pressed(key, code))).toBe(means);
  });
});

describe('a key', () => {
  it.each([
    ['with Shift or Caps Lock', pressed('T', 'KeyT', { shiftKey: true }), 't'],
    ['of another script with Shift', pressed('Е', 'KeyT', { shiftKey: true }), 't'],
    ['whose digit is typed with Shift', pressed('1', 'Digit1', { shiftKey: true }), '1'],
    ['of a digit with Shift', pressed('!', 'Digit1', { shiftKey: true }), null],
    ['of another script, of a digit with Shift', pressed('№', 'Digit3', { shiftKey: true }), null],
    ['of the number pad', pressed('1', 'Numpad1'), '1'],
    ['of the number pad without Num Lock', pressed('End', 'Numpad1'), null],
    ['that is dead', pressed('Dead', 'KeyY'), 'y'],
    ['that an input method has, outside of text', pressed('Process', 'KeyT'), 't'],
    ['that an input method composes with', pressed('Process', 'KeyT', { keyCode: 229 }), null],
    ['within a composition', pressed('t', 'KeyT', { isComposing: true }), null],
    ['within a composition of another script', pressed('е', 'KeyT', { isComposing: true }), null],
    ['with Control', pressed('t', 'KeyT', { ctrlKey: true }), null],
    ['with Alt', pressed('†', 'KeyT', { altKey: true }), null],
    ['with Command', pressed('t', 'KeyT', { metaKey: true }), null],
    ['with AltGr', pressed('þ', 'KeyT', { getModifierState: (name) => name === 'AltGraph' }), null],
    ['with another lock', pressed('t', 'KeyT', { getModifierState: (name) => name === 'NumLock' }), 't'],
    ['with a name', pressed('Enter', 'Enter'), null],
    ['with a name, in a letter’s place', pressed('Tab', 'KeyT'), null],
    ['that tells nothing', pressed('Unidentified', ''), null],
    ['that fills in a field', pressed('', ''), null],
    ['that is not told', { ...pressed('t', ''), getModifierState: undefined } as unknown as PressedKey, 't'],
    ['that types a space', pressed(' ', 'Space'), null],
  ])('%s', (_, event, means) => {
    expect(shortcutOf(event)).toBe(means);
  });

  it('can stand for every key that a preset may have', () => {
    for (const key of PRESET_KEYS) expect(shortcutOf(pressed(key, ''))).toBe(key);
  });
});
