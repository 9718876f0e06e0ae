import { describe, expect, it, test } from 'vitest';
import { isNotionFile, ownIcon } from '../../../../src/core/database/picture.ts';
import { DataSourceReply, destinationOf } from '../../../../src/core/notion/replies.ts';

const UPLOADED = 'https://prod-files-secure.s3.us-west-2.amazonaws.com/a/b/icon.png?X-Amz-Expires=3600';

describe('a picture', () => {
  test.each([
    'https://www.notion.so/icons/bookmark_gray.svg',
    'https://app.notion.com/icons/bookmark_gray.svg',
    'https://file.notion.so/f/f/a/b/icon.png?signature=x',
    'https://img.notionusercontent.com/s3/prod-files-secure%2Fa%2Fb/size/w=40?sig=x',
    'https://s3-us-west-2.amazonaws.com/public.notion-static.com/a/b.png',
    'https://s3.us-west-2.amazonaws.com/secure.notion-static.com/a/b.png?X-Amz-Expires=3600',
    UPLOADED,
  ])('of Notion’s own is loaded: %s', (address) => {
    expect(isNotionFile(address)).toBe(true);
  });

  test.each([
    'https://example.org/icon.png',
    'https://www.notion.so.example.org/icons/a.svg',
    'https://example.org/https://www.notion.so/icons/a.svg',
    'https://www.notion.so@example.org/icons/a.svg',
    'https://someone@www.notion.so/icons/a.svg',
    'https://www.notion.so:8443/icons/a.svg',
    'http://www.notion.so/icons/a.svg',
    'https://www.notion.so/logout',
    'https://www.notion.so/icons/../logout',
    'https://www.notion.so/icons/%2e%2e/logout',
    'https://s3-us-west-2.amazonaws.com/someone-elses-bucket/a.png',
    'https://s3-us-west-2.amazonaws.com/public.notion-static.com/../someone-elses-bucket/a.png',
    'https://s3-us-west-2.amazonaws.com/public.notion-static.com\\..\\someone-elses-bucket\\a.png',
    'https://prod-files-secure.s3.eu-west-1.amazonaws.com/a.png',
    '//www.notion.so/icons/a.svg',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    '',
  ])('from elsewhere is not: %s', (address) => {
    expect(isNotionFile(address)).toBe(false);
  });
});

describe('the icon of a database', () => {
  const iconOf = (icon: unknown) => {
    const reply = { object: 'data_source', id: 'a', properties: {}, icon };
    return destinationOf(DataSourceReply.parse(reply), 'bot', 0)?.icon;
  };

  it('is not even kept where it is in a stranger’s house', () => {
    expect(iconOf({ type: 'external', external: { url: 'https://example.org/icon.png' } })).toBeNull();
    expect(iconOf({ type: 'custom_emoji', custom_emoji: { url: 'https://example.org/e.png' } })).toBeNull();
    expect(iconOf({ type: 'file', file: { url: 'https://example.org/f.png' } })).toBeNull();
  });

  it('is kept where Notion has it, with the end of an address that ends', () => {
    const url = 'https://www.notion.so/icons/bookmark_gray.svg';
    expect(iconOf({ type: 'external', external: { url } })).toEqual({ url });
    expect(
      iconOf({ type: 'file', file: { url: UPLOADED, expiry_time: '2026-11-26T02:00:00.000Z' } }),
    ).toEqual({ url: UPLOADED, until: Date.UTC(2026, 10, 26, 2) });
    expect(iconOf({ type: 'file', file: { url: UPLOADED, expiry_time: 7 } })).toEqual({ url: UPLOADED });
    expect(iconOf({ type: 'emoji', emoji: '🔖' })).toEqual({ emoji: '🔖' });
  });
});

it('a workspace keeps its emoji, and a picture only where Notion has it', () => {
  const own = 'https://s3-us-west-2.amazonaws.com/public.notion-static.com/a/b.png';
  expect([own, '🏡', '', null].map(ownIcon)).toEqual([own, '🏡', '', null]);
  expect(
    ['https://example.org/a.png', 'data:image/png;base64,A', '//example.org/a.png'].map(ownIcon),
  ).toEqual([null, null, null]);
});
