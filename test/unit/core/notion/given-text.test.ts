/** Rich text as Notion gives it, with other words. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  editedRichText,
  isWholeText,
  plainText,
  textRequest,
} from '../../../../src/core/notion/given-text.ts';
import { wordsOfItem } from '../../../../src/core/notion/rich-text.ts';

type Item = Record<string, unknown> & { plain_text: string };

const PLAIN = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};
const text = (content: string, more: object = {}, url: string | null = null): Item => ({
  type: 'text',
  text: { content, link: url === null ? null : { url } },
  annotations: { ...PLAIN, ...more },
  plain_text: content,
  href: url,
});
const user: Item = {
  type: 'mention',
  mention: { type: 'user', user: { object: 'user', id: 'ada', name: 'Ada', avatar_url: null } },
  annotations: PLAIN,
  plain_text: '@Ada',
  href: null,
};
const mention = (what: Record<string, unknown>): Item => ({ ...user, mention: what, plain_text: 'x' });

/** The words of a request, where a mention reads as it did. */
const wordsOf = (requests: ReturnType<typeof textRequest>): string =>
  requests.map((item) => ('mention' in item ? '@Ada' : wordsOfItem(item))).join('');

const words = fc
  .array(fc.constantFrom('a', 'word', ' ', '\n', '\u00a0', '日', '@Ada', '.', '👩‍👧'), { maxLength: 8 })
  .map((parts) => parts.join(''));
const items = fc.array(
  fc.oneof(
    words.map((content) => text(content)),
    words.map((content) => text(content, { bold: true, color: 'red' })),
    words.map((content) => text(content, {}, 'https://example.org/')),
    fc.constant(user),
  ),
  { maxLength: 6 },
);

describe('rich text with other words', () => {
  it('says them, whatever it was', () => {
    fc.assert(
      fc.property(items, words, (given, next) => {
        expect(wordsOf(editedRichText(given, next))).toBe(next);
      }),
    );
  });

  it('goes back as it came where nothing was changed', () => {
    fc.assert(
      fc.property(items, (given) => {
        expect(editedRichText(given, plainText(given))).toEqual(textRequest(given));
      }),
    );
  });

  it('keeps all that is before and behind what was typed', () => {
    fc.assert(
      fc.property(items, items, (before, behind) => {
        const given = [...before, text('|'), ...behind];
        const next = `${plainText(before)}|NEW|${plainText(behind)}`;
        const edited = editedRichText(given, next);
        const counted = (list: readonly unknown[]) =>
          list.filter((one) => JSON.stringify(one).includes('"mention"'));
        expect(counted(edited)).toEqual(counted(textRequest(given)));
        const linked = (list: readonly { text?: { link?: unknown; content: string } }[]) =>
          list.flatMap((one) => (one.text?.link ? [one.text.content] : [])).join('');
        expect(linked(edited as never)).toBe(linked(textRequest(given) as never));
      }),
    );
  });

  it.each([
    [
      'within a link',
      [text('a link here', {}, 'https://e.org/')],
      'a longer link here',
      [text('a longer link here', {}, 'https://e.org/')],
    ],
    [
      'behind a link',
      [text('link', {}, 'https://e.org/')],
      'link more',
      [text('link', {}, 'https://e.org/'), text(' more')],
    ],
    ['behind bold', [text('bold', { bold: true })], 'bold more', [text('bold more', { bold: true })]],
    [
      'on a new line behind bold',
      [text('bold', { bold: true })],
      'bold\nmore',
      [text('bold', { bold: true }), text('\nmore')],
    ],
    ['in a mention', [user], '@Adam', [text('@Adam')]],
    ['behind a mention', [user, text(' was here')], '@Ada, too, was here', [user, text(', too, was here')]],
  ] as const)('takes what is typed %s', (_, given, next, wanted) => {
    const simple = (list: ReturnType<typeof textRequest>) =>
      list.map((item) =>
        'text' in item
          ? [item.text.content, item.text.link?.url, item.annotations?.bold === true]
          : 'mention',
      );
    expect(simple(editedRichText(given, next))).toEqual(simple(textRequest(wanted)));
  });

  it('is cut where an item would be too long', () => {
    const edited = editedRichText([text('x'.repeat(1_999), { bold: true })], `${'x'.repeat(1_999)} and more`);
    expect(edited.every((item) => wordsOfItem(item).length <= 2_000)).toBe(true);
    expect(wordsOf(edited)).toBe(`${'x'.repeat(1_999)} and more`);
  });
});

describe('what a request cannot hold', () => {
  it.each([
    [{ type: 'link_preview', link_preview: { url: 'https://e.org/' } }, false],
    [{ type: 'link_mention', link_mention: { href: 'https://e.org/' } }, false],
    [{ type: 'agent', agent: { id: 'a' } }, false],
    [
      {
        type: 'template_mention',
        template_mention: { type: 'template_mention_date', template_mention_date: 'now' },
      },
      true,
    ],
    [
      {
        type: 'template_mention',
        template_mention: { type: 'template_mention_date', template_mention_date: 'later' },
      },
      false,
    ],
    [{ type: 'custom_emoji', custom_emoji: { id: 'e', name: 'ship', url: 'https://e.org/s.png' } }, true],
    [{ type: 'date', date: { start: '2026-05-03', end: null, time_zone: null } }, true],
  ])('is told of %j: %s', (what, isWhole) => {
    expect(isWholeText([text('a'), mention(what)])).toBe(isWhole);
  });

  it('is more than Notion shows of one text, too', () => {
    expect(isWholeText(Array(24).fill(user))).toBe(true);
    expect(isWholeText(Array(25).fill(user))).toBe(false);
  });
});
