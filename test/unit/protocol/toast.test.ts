import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToastMessage } from '../../../src/protocol/toast.ts';

const accepts = (message: unknown): boolean => readToastMessage(message) !== null;
const change = (what: unknown) => ({ type: 'toast-change', saveId: 's', change: what });

describe('what the toast asks', () => {
  it.each([
    { type: 'toast-complete-tags', saveId: 's', typed: '', chosen: [] },
    { type: 'toast-complete-line', saveId: 's', line: 'see #re', caret: 7 },
    { type: 'toast-find-databases', saveId: 's', typed: 'rea' },
    change({ tags: ['a', 'b'] }),
    change({ note: '' }),
    change({ choice: null }),
    change({ destinationId: 'd' }),
    change({ presetKey: 'w' }),
    { type: 'toast-undo', saveId: 's' },
    { type: 'toast-open', saveId: 's' },
  ])('is taken: %j', (message) => {
    expect(readToastMessage(message)).toEqual(message);
  });

  it.each([
    ['nothing to change', change({})],
    ['two changes at once', change({ note: 'n', choice: 'c' })],
    ['more than is meant', { type: 'toast-undo', saveId: 's', also: 1 }],
    ['a message of the extension’s pages', { type: 'forget-tag-usage' }],
    ['no save', { type: 'toast-undo' }],
    ['a key that is an action’s', change({ presetKey: 't' })],
    ['a list without end', change({ tags: Array(6_000).fill('x') })],
    ['a text without end', change({ note: 'x'.repeat(20_001) })],
  ])('is refused: %s', (_, message) => {
    expect(accepts(message)).toBe(false);
  });

  it('is never anything else', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect(accepts(message)).toBe(false);
      }),
    );
  });
});
