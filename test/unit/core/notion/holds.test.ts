import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../../src/core/capture/capture.ts';
import type { Destination } from '../../../../src/core/database/destination.ts';
import { sentContent } from '../../../../src/core/notion/holds.ts';
import type { PageReply } from '../../../../src/core/notion/replies.ts';

const property = (id: string, type: string, name = id) => ({ id, type, name });
const destination: Destination = {
  id: 'ds',
  botId: 'bot',
  title: 'Reading list',
  icon: null,
  properties: [
    property('title', 'title', 'Name'),
    property('%3Aurl', 'url', 'URL'),
    property('tags', 'multi_select', 'Tags'),
    property('day', 'date', 'Saved on'),
    property('state', 'status', 'Status'),
    property('more', 'rich_text', 'Notes'),
    property('when', 'created_time', 'Created'),
  ],
  mapping: { title: 'title', url: '%3Aurl', tags: 'tags', description: 'more', savedOn: 'day' },
  readAt: 0,
};
const sent: Capture = {
  url: 'https://example.org/',
  title: 'x'.repeat(2_500),
  description: '',
  tags: ['b', 'a'],
  at: Date.UTC(2026, 10, 2, 9),
  origin: 'popup',
};
const text = (...pieces: string[]) => pieces.map((plain_text) => ({ plain_text, type: 'text' }));

/** The row as Notion returns it: in forms of its own. */
const page = (change: Record<string, object> = {}, more: object = {}): PageReply =>
  ({
    object: 'page',
    id: 'row',
    icon: null,
    cover: null,
    properties: {
      Name: { id: 'title', type: 'title', title: text('x'.repeat(1_000), 'x'.repeat(1_500)) },
      URL: { id: '%3Aurl', type: 'url', url: 'https://example.org/' },
      Tags: {
        id: 'tags',
        type: 'multi_select',
        multi_select: [
          { name: 'a', id: '1' },
          { name: 'b', id: '2' },
        ],
      },
      'Saved on': {
        id: 'day',
        type: 'date',
        date: { start: '2026-11-02T09:00:00.000+00:00', end: null, time_zone: null },
      },
      Status: { id: 'state', type: 'status', status: { name: 'Not started' } },
      Notes: { id: 'more', type: 'rich_text', rich_text: [] },
      Created: { id: 'when', type: 'created_time', created_time: '2026-11-02T09:00:00.000Z' },
      ...change,
    },
    ...more,
  }) as unknown as PageReply;

const isAsSent = (given: PageReply, capture = sent) => sentContent(given, capture, destination) !== null;

describe('a row that holds what was sent', () => {
  it('does so in whatever form Notion returns it', () => {
    expect(sentContent(page(), sent, destination)).toEqual({ children: [] });
  });

  it.each([
    ['another title', { Name: { id: 'title', type: 'title', title: text('y') } }],
    ['another tag', { Tags: { id: 'tags', type: 'multi_select', multi_select: [{ name: 'a' }] } }],
    [
      'another moment',
      { 'Saved on': { id: 'day', type: 'date', date: { start: '2026-11-02T09:00:01.000Z' } } },
    ],
    ['a note that nobody sent', { Notes: { id: 'more', type: 'rich_text', rich_text: text('Mine.') } }],
    [
      'a list of which only the beginning is told',
      { Notes: { id: 'more', type: 'rich_text', rich_text: [], has_more: true } },
    ],
    ['a value that cannot be read', { Notes: { id: 'more' } }],
  ])('does not with %s', (_, change) => {
    expect(isAsSent(page(change))).toBe(false);
  });

  it('does not where a property that was sent is not shown', () => {
    const { Tags: _, ...rest } = page().properties;
    expect(isAsSent({ ...page(), properties: rest } as PageReply)).toBe(false);
  });

  it('does so whatever a template has set beside it', () => {
    const templates = [{ id: 't', name: 'Article', isDefault: true }];
    const place = { ...destination, templates };
    const noted = page({ Notes: { id: 'more', type: 'rich_text', rich_text: text('To be read.') } });
    expect(sentContent(noted, { ...sent, template: 'default' }, place)).toEqual({ children: null });
    const renamed = page({ Name: { id: 'title', type: 'title', title: text('y') } });
    expect(sentContent(renamed, { ...sent, template: 'default' }, place)).toBeNull();
  });

  it('has the icon and the cover that were sent, or neither, as Notion may have refused them', () => {
    const pictured = { ...sent, icon: 'https://example.org/i.png', cover: 'https://example.org/c.png' };
    const media = (url: string) => ({ type: 'external', external: { url } });
    const both = { icon: media('https://example.org/i.png'), cover: media('https://example.org/c.png') };
    expect(isAsSent(page({}, both), pictured)).toBe(true);
    expect(isAsSent(page({}, both))).toBe(false);
    expect(isAsSent(page({}, { ...both, cover: null }), pictured)).toBe(false);
    // Without them, the cover's address stands in the page.
    expect(sentContent(page(), pictured, destination)?.children).toHaveLength(1);
  });
});
