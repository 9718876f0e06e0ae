import { expect, it } from 'vitest';
import { readNotionLink } from '../../../../src/core/notion/link.ts';

const ID = '1f0e2d3c4b5a69788796a5b4c3d2e1f0';
const DASHED = '1f0e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const OTHER = 'aaaaaaaabbbb4ccc8dddeeeeeeeeeeee';
const OTHER_DASHED = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

it.each([
  [`https://www.notion.so/${ID}`, [DASHED]],
  [`https://www.notion.so/maxwell/Reading-list-${ID}?v=${OTHER}`, [DASHED]],
  [`https://www.notion.so/maxwell/${ID}?v=${OTHER}&p=${OTHER}&pm=s`, [DASHED, OTHER_DASHED]],
  [`https://app.notion.com/p/Reading-list-${ID}`, [DASHED]],
  [`https://app.notion.com/p/${ID}?v=${OTHER}`, [DASHED]],
  [`https://maxwell.notion.site/Reading-${ID}`, [DASHED]],
  [`notion://www.notion.so/maxwell/${ID}`, [DASHED]],
  [`notion.so/${ID}`, [DASHED]],
  [`Look at https://www.notion.so/${ID} please`, [DASHED]],
  [ID, [DASHED]],
  [DASHED.toUpperCase(), [DASHED]],
])('reads %s', (text, ids) => {
  expect(readNotionLink(text)).toEqual({ ids });
});

it.each([
  '',
  'words',
  'https://example.org/',
  `https://example.org/${ID}`,
  `https://notnotion.so/${ID}`,
  `https://www.notion.so/?v=${ID}`,
  'https://www.notion.so/maxwell',
])('finds nothing in %s', (text) => {
  expect(readNotionLink(text)).toBeNull();
});
