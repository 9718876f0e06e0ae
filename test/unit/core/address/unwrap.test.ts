import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSavable } from '../../../../src/core/address/savable.ts';
import { unwrapped } from '../../../../src/core/address/unwrap.ts';
import { anyAddress } from './arbitrary-address.ts';

const PAGE = 'https://example.org/a/b?c=1&d=%C3%A9#e';
const ENCODED = encodeURIComponent(PAGE);

describe('the page’s own address', () => {
  it.each([
    [`about:reader?url=${ENCODED}`, PAGE],
    [`view-source:${PAGE}`, PAGE],
    [`view-source:about:reader?url=${ENCODED}`, PAGE],
    [`chrome-distiller://c62379dd-1ff8_59d2/?title=A&time=3&url=${ENCODED}`, PAGE],
    [`read://https_example.org/?url=${ENCODED}`, PAGE],
    [
      'chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/https://example.org/a.pdf?x=1',
      'https://example.org/a.pdf?x=1',
    ],
    [`chrome-extension://abc/pdf/viewer.html?file=${ENCODED}`, PAGE],
    [`moz-extension://4c1a-11/suspended.html#ttl=A&uri=https://example.org/a`, 'https://example.org/a'],
    [`extension://abc/reader.html?url=${ENCODED}`, PAGE],
    [`resource://pdf.js/web/viewer.html?file=${ENCODED}`, PAGE],
    ['https://www.google.com/amp/s/www.example.org/story/amp/?x=1', 'https://www.example.org/story/amp/?x=1'],
    ['https://www.google.co.uk/amp/example.org/story', 'http://example.org/story'],
    ['https://example-org.cdn.ampproject.org/c/s/example.org/story', 'https://example.org/story'],
    [
      'https://example-org.cdn.ampproject.org/v/s/example.org/story?amp_js_v=0.1#a=1',
      'https://example.org/story?amp_js_v=0.1#a=1',
    ],
    ['https://example-org.bing-amp.com/c/s/example.org/story', 'https://example.org/story'],
    [
      'https://webcache.googleusercontent.com/search?q=cache:AbCdEf_12345:https://example.org/a+moss&hl=en',
      'https://example.org/a',
    ],
    ['https://webcache.googleusercontent.com/search?q=cache:example.org/a', 'https://example.org/a'],
    [
      'https://en-m-wikipedia-org.translate.goog/wiki/Moss?x=1&_x_tr_sl=en&_x_tr_tl=de&_x_tr_hl=de#Uses',
      'https://en.m.wikipedia.org/wiki/Moss?x=1#Uses',
    ],
    [
      'https://my--site-example-org.translate.goog/?_x_tr_sl=auto&_x_tr_sch=http',
      'http://my-site.example.org/',
    ],
    [`https://translate.google.com/translate?sl=auto&tl=en&u=${ENCODED}`, PAGE],
    [`https://www.google.com/url?sa=t&url=${ENCODED}&usg=A`, PAGE],
    [`https://l.facebook.com/l.php?u=${ENCODED}&h=A`, PAGE],
    [`https://duckduckgo.com/l/?uddg=${ENCODED}&rut=1`, PAGE],
    [`https://www.youtube.com/redirect?event=video&q=${ENCODED}`, PAGE],
    [`https://nam02.safelinks.protection.outlook.com/?url=${ENCODED}&data=05`, PAGE],
    [
      `about:reader?url=${encodeURIComponent('https://www.google.com/amp/s/example.org/story')}`,
      'https://example.org/story',
    ],
  ])('of %s is %s', (url, own) => {
    expect(unwrapped(url)).toBe(own);
    expect(isSavable(unwrapped(url))).toEqual({ savable: true });
  });

  it.each([
    'https://example.org/?url=https://other.example/',
    'https://web.archive.org/web/2019/https://example.org/a',
    'https://archive.ph/2019/https://example.org/',
    'https://www.google.com/search?q=https://example.org/',
    'https://www.google.com/url?q=javascript:alert(1)',
    'https://example-org.cdn.ampproject.org/i/s/example.org/a.png',
    'https://0-my--site-0.translate.goog/?_x_tr_enc=0',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ&q=https://example.org/',
    'about:reader?url=file%3A%2F%2F%2Fetc%2Fpasswd',
    'about:reader?url=about%3Aconfig',
    'about:reader',
    'about:addons',
    'view-source:file:///home/me/a.html',
    'chrome-extension://abc/options.html?tab=1',
    'blob:https://example.org/1234',
    'chrome://settings/?url=https://example.org/',
    'devtools://devtools/bundled/inspector.html?url=https://example.org/',
    'data:text/html,https://example.org/',
    'not an address',
    '',
  ])('is the given one for %s', (url) => {
    expect(unwrapped(url)).toBe(url);
  });

  it('is found in any order of wrapping, and is its own', () => {
    const wrap = fc.constantFrom(
      (url: string) => `https://l.facebook.com/l.php?u=${encodeURIComponent(url)}`,
      (url: string) => `https://www.google.com/url?q=${encodeURIComponent(url)}`,
    );
    fc.assert(
      fc.property(fc.array(wrap, { maxLength: 3 }), (wraps) => {
        const passed = wraps.reduce((url, one) => one(url), PAGE);
        expect(unwrapped(passed)).toBe(PAGE);
        expect(unwrapped(`about:reader?url=${encodeURIComponent(passed)}`)).toBe(PAGE);
        expect(unwrapped(`view-source:${passed}`)).toBe(PAGE);
      }),
    );
    fc.assert(
      fc.property(anyAddress, (url) => {
        expect(unwrapped(unwrapped(url))).toBe(unwrapped(url));
      }),
    );
  });
});
