import { describe, expect, it } from 'vitest';
import {
  isChosenAtFirst,
  offerTabs,
  type TabToOffer,
  tabsOf,
} from '../../../../src/core/capture/offer-tabs.ts';

const tab = (id: number, url: string, more: Partial<TabToOffer> = {}): TabToOffer => ({
  ...{ id, url, title: `Title ${id}`, isPinned: false, groupId: null },
  ...more,
});

describe('tabs that are offered', () => {
  it('are saved by what their pages are known by, once each, where they can be', () => {
    const offered = offerTabs([
      tab(1, 'https://example.org/?utm_source=mail'),
      tab(2, 'https://example.org/'),
      tab(3, 'about:config'),
      tab(4, 'https://example.org/pinned', { isPinned: true }),
      tab(5, '', { title: '' }),
    ]);
    expect(offered.map(({ url, state }) => [url, state])).toEqual([
      ['https://example.org/', 'new'],
      ['https://example.org/', 'double'],
      ['about:config', 'not-savable'],
      ['https://example.org/pinned', 'new'],
      ['', 'not-savable'],
    ]);
    expect(offered[0]?.shows).toBe('https://example.org/?utm_source=mail');
    expect(offered.map(isChosenAtFirst)).toEqual([true, false, false, false, false]);
  });

  it('are those of the choice', () => {
    const all = [tab(1, 'a'), tab(2, 'b', { groupId: 7 }), tab(3, 'c', { groupId: 7 }), tab(4, 'd')];
    const ids = (scope: Parameters<typeof tabsOf>[0], at: number) =>
      tabsOf(scope, all, at, [4, 1]).map(({ id }) => id);
    expect(ids('all', 2)).toEqual([1, 2, 3, 4]);
    expect(ids('selected', 2)).toEqual([1, 4]);
    expect(ids('group', 2)).toEqual([2, 3]);
    expect(ids('group', 1)).toEqual([]);
    expect(ids('right', 2)).toEqual([3, 4]);
    expect(ids('right', 9)).toEqual([]);
  });
});
