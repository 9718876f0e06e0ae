import { describe, expect, it } from 'vitest';
import { readPopupSubject } from '../../../src/protocol/popup-subject.ts';

describe('what the popup was opened for', () => {
  const subject = { saveId: 'a', isAgain: false, at: 1_000_000 };

  it('counts for as long as a popup takes to open', () => {
    expect(readPopupSubject(subject, subject.at + 10_000)).toEqual(subject);
    expect(readPopupSubject(subject, subject.at + 10_001)).toBeNull();
    expect(readPopupSubject(subject, subject.at - 10_001)).toBeNull();
  });

  it.each([undefined, null, 'a', {}, { ...subject, saveId: 1 }])(
    'is nothing when it cannot be read: %j',
    (raw) => {
      expect(readPopupSubject(raw, subject.at)).toBeNull();
    },
  );
});
