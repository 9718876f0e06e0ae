import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalFor } from '../../../../src/core/capture/canonical.ts';
import type { PageFacts } from '../../../../src/core/capture/capture.ts';
import { anyAddress } from '../address/arbitrary-address.ts';

const facts = (url: string, canonical?: string, ogUrl?: string): PageFacts => ({
  url,
  title: '',
  selection: '',
  meta: ogUrl === undefined ? {} : { ogUrl },
  ...(canonical === undefined ? {} : { canonical }),
});

describe('a canonical address is believed', () => {
  it.each([
    ['https://example.org/a', 'https://example.org/a', 'the same'],
    ['https://example.org/a?utm_source=x&fbclid=y', 'https://example.org/a', 'tracking'],
    ['https://example.org/a?utm_source=x&id=1', 'https://example.org/a?id=1', 'tracking beside what matters'],
    ['https://m.example.org/a', 'https://www.example.org/a', 'mobile host'],
    ['https://mobile.example.org/a', 'https://www.example.org/a', 'mobile host in full'],
    ['http://example.org/a', 'https://example.org/a', 'scheme'],
    ['https://example.org/a/', 'https://example.org/a', 'slash'],
    ['https://example.org/A-Title', 'https://example.org/a-title', 'case'],
    ['https://amp.example.org/a', 'https://www.example.org/a', 'AMP host'],
    ['https://example.org/a/amp/', 'https://example.org/a', 'AMP at the end'],
    ['https://example.org/amp/a', 'https://example.org/a', 'AMP at the start'],
    ['https://example.org/a.amp.html', 'https://example.org/a.html', 'AMP in the ending'],
    ['https://example.org/a?amp=1', 'https://example.org/a', 'AMP by a parameter'],
    ['https://www.google.com/amp/s/amp.example.org/a', 'https://www.example.org/a', 'Google’s viewer'],
    ['https://example-org.cdn.ampproject.org/c/s/example.org/a/amp', 'https://example.org/a', 'AMP cache'],
    [
      'https://example.org/item/old-title-12345',
      'https://example.org/item/new-title-12345',
      'title and number',
    ],
    [
      'https://example.org/item/12345-old-title.html',
      'https://example.org/item/12345-new-title.html',
      'number and title',
    ],
    ['https://example.org/item/12345', 'https://example.org/item/12345-its-title', 'title added'],
    [
      'https://example.org/item/12345',
      'https://example.org/item/12345/its-title',
      'title added as a segment',
    ],
    [
      'https://youtu.be/dQw4w9WgXcQ',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      'short address of a video',
    ],
    ['https://x.com/jack/status/20?s=20&t=AbC', 'https://x.com/jack/status/20', 'share marks'],
    [
      'https://www.amazon.com/dp/B08N5WRWNW/ref=sr_1_3?qid=1',
      'https://www.amazon.com/Title/dp/B08N5WRWNW',
      'product',
    ],
  ])('%s -> %s: %s', (url, canonical) => {
    expect(canonicalFor(facts(url, canonical))).toBe(canonical);
    expect(canonicalFor(facts(url, undefined, canonical))).toBe(canonical);
  });

  it('without its own tracking', () => {
    expect(canonicalFor(facts('https://example.org/a', 'https://example.org/a?utm_source=c'))).toBe(
      'https://example.org/a',
    );
  });

  it('with the fragment of the visit, and not its own', () => {
    const of = (url: string, canonical: string) => canonicalFor(facts(url, canonical));
    expect(of('https://m.example.org/a#part', 'https://example.org/a')).toBe('https://example.org/a#part');
    expect(of('https://m.example.org/a', 'https://example.org/a#top')).toBe('https://example.org/a');
    expect(of('https://m.example.org/a#:~:text=b', 'https://example.org/a')).toBe('https://example.org/a');
    expect(of('https://m.example.org/#/r', 'https://example.org/#/r')).toBe('https://example.org/#/r');
  });

  it('over https where the page was', () => {
    expect(canonicalFor(facts('https://www.example.org/a', 'http://example.org/a'))).toBe(
      'https://example.org/a',
    );
    expect(canonicalFor(facts('http://www.example.org/a', 'http://example.org/a'))).toBe(
      'http://example.org/a',
    );
  });

  it('from og:url when the link is not', () => {
    const page = facts('https://m.example.org/a', 'https://example.org/', 'https://example.org/a');
    expect(canonicalFor(page)).toBe('https://example.org/a');
  });
});

describe('a canonical address is not believed', () => {
  it.each([
    ['https://example.org/a', 'https://other.example/a', 'another host'],
    ['https://example.org/a', 'https://blog.example.org/a', 'another host of the site'],
    ['https://example.org/a', 'https://example.org/', 'root'],
    ['https://example.org/a', 'https://example.org/b', 'page before in a single-page app'],
    ['https://example.org/de/a', 'https://example.org/en/a', 'language'],
    ['https://example.org/a?hl=de', 'https://example.org/a', 'language by a parameter'],
    ['https://example.org/a?page=2', 'https://example.org/a', 'page of a list'],
    ['https://example.org/a/page/2', 'https://example.org/a', 'page of a list in the path'],
    [
      'https://example.org/thread-12345-2-1.html',
      'https://example.org/thread-12345-1-1.html',
      'page of a thread',
    ],
    ['https://example.org/a-title-12345-page-2', 'https://example.org/a-title-12345', 'page after a number'],
    ['https://example.org/shirt?variant=1', 'https://example.org/shirt', 'what was chosen'],
    ['https://example.org/shirt', 'https://example.org/shirt?variant=1', 'what was not chosen'],
    ['https://example.org/?id=1', 'https://example.org/?id=2', 'id'],
    ['https://example.org/?q=A', 'https://example.org/?q=a', 'case of a value'],
    ['https://example.org/#/b', 'https://example.org/', 'route dropped'],
    ['https://example.org/#/b', 'https://example.org/#/a', 'other route'],
    ['https://example.org/', 'https://example.org/#/a', 'route added'],
    [
      'https://www.youtube.com/watch?v=aaaaaaaaaaa',
      'https://www.youtube.com/watch?v=bbbbbbbbbbb',
      'video before',
    ],
    [
      'https://www.youtube.com/watch?v=aaaaaaaaaaa&t=30',
      'https://www.youtube.com/watch?v=aaaaaaaaaaa',
      'time lost',
    ],
    ['https://example.org/a', 'https://example.org/a/amp', 'AMP instead of the page'],
    [
      'https://example.org/news/20240501/first-story',
      'https://example.org/news/20240501/second-story',
      'day',
    ],
    [
      'https://example.org/first-story-20240501',
      'https://example.org/second-story-20240501',
      'date for a number',
    ],
    ['https://example.org/u/12345/edit-profile', 'https://example.org/u/12345', 'what is under a number'],
    ['https://example.org/u/12345/first-post', 'https://example.org/u/12345/second-post', 'beside a number'],
    ['https://example.org/item/old-title-123', 'https://example.org/item/new-title-123', 'short number'],
    ['https://example.org/item/old-title-12345', 'https://example.org/item/new-title-12346', 'other number'],
    ['https://example.org:8443/a', 'https://example.org/a', 'port'],
    ['https://example.org/a', 'https://user:word@example.org/a', 'credentials'],
    ['https://example.org/a', 'javascript:alert(1)', 'script'],
    ['https://example.org/a', 'ftp://example.org/a', 'scheme'],
    ['https://example.org/a', '/a', 'not a whole address'],
    ['https://example.org/a', '', 'nothing'],
    ['file:///a', 'https://example.org/a', 'a file'],
    ['not an address', 'not an address', 'no address'],
  ])('%s -> %s: %s', (url, canonical) => {
    expect(canonicalFor(facts(url, canonical))).toBeNull();
    expect(canonicalFor(facts(url, undefined, canonical))).toBeNull();
  });

  it('where there is none', () => {
    expect(canonicalFor(facts('https://example.org/a'))).toBeNull();
  });
});

it('what is believed is a web address, and is believed of itself', () => {
  fc.assert(
    fc.property(anyAddress, fc.option(anyAddress, { nil: undefined }), (url, other) => {
      const canonical = canonicalFor(facts(url, other ?? url));
      if (canonical === null) return;
      expect(canonical).toMatch(/^https?:\/\//);
      expect(canonicalFor(facts(canonical, canonical))).toBe(canonical);
    }),
    { numRuns: 1000 },
  );
});
