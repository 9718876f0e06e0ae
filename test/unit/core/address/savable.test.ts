import { describe, expect, it } from 'vitest';
import { isSavable } from '../../../../src/core/address/savable.ts';

describe('an address', () => {
  it.each([
    'https://example.org/',
    'http://192.168.1.20:8080/admin',
    'http://[::1]:3000/',
    'HTTPS://EXAMPLE.ORG/upper',
    ' https://example.org/with-spaces-around ',
    'https://пример.испытание/страница',
    'https://chrome.google.com/intl/en/chrome',
    'https://addons.mozilla.org.example.com/',
    'https://example.org/?next=chrome://settings',
  ])('%s can be saved', (url) => {
    expect(isSavable(url)).toEqual({ savable: true });
  });

  it.each([
    ['chrome://settings/', 'browser-page'],
    ['chrome://newtab/', 'blank'],
    ['chrome://new-tab-page/', 'blank'],
    ['edge://newtab/', 'blank'],
    ['about:addons', 'browser-page'],
    ['moz-extension://4c1a/options.html', 'browser-page'],
    ['chrome-extension://abc/popup.html', 'browser-page'],
    ['devtools://devtools/bundled/inspector.html', 'browser-page'],
    ['view-source:https://example.org/', 'browser-page'],
    ['data:text/html,hello', 'browser-page'],
    ['blob:https://example.org/1234', 'browser-page'],
    ['javascript:alert(1)', 'browser-page'],
    ['about:blank', 'blank'],
    ['about:newtab', 'blank'],
    ['about:home', 'blank'],
    ['', 'blank'],
    ['file:///home/me/notes.html', 'local-file'],
    ['https://chromewebstore.google.com/detail/rowmark/abc', 'store-page'],
    ['https://chrome.google.com/webstore/detail/abc', 'store-page'],
    ['https://addons.mozilla.org/en-US/firefox/', 'store-page'],
    ['https://microsoftedge.microsoft.com/addons/Home', 'store-page'],
  ] as const)('%s cannot: %s', (url, reason) => {
    expect(isSavable(url)).toEqual({ savable: false, reason });
  });
});
