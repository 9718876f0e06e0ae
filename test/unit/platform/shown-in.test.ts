import { expect, it } from 'vitest';
import { shownIn } from '../../../src/platform/shown-in.ts';

const tab = { index: 0, highlighted: true, active: true, pinned: false, incognito: false };
const PAGE = 'https://example.org/a';

it.each([
  [
    { url: PAGE, title: 'A' },
    { url: PAGE, title: 'A' },
  ],
  [
    { url: '', pendingUrl: PAGE, title: 'example.org/a' },
    { url: PAGE, title: '' },
  ],
  [
    { pendingUrl: PAGE, title: 'Untitled' },
    { url: PAGE, title: '' },
  ],
  [
    { url: 'chrome://newtab/', pendingUrl: PAGE, title: 'New Tab' },
    { url: PAGE, title: '' },
  ],
  // It is this page still that is in front.
  [
    { url: PAGE, pendingUrl: 'https://example.org/b', title: 'A' },
    { url: PAGE, title: 'A' },
  ],
  [{ title: 'Hidden' }, { title: 'Hidden' }],
  [{}, {}],
])('what %j shows is %j', (some, shown) => {
  expect(shownIn({ ...tab, ...some })).toEqual(shown);
});
