import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../stage/certificate.ts';
import { type Gateway, startGateway } from '../stage/gateway.ts';
import { type Sites, startSites } from '../stage/sites.ts';
import { drivers } from './available.ts';
import type { Browser } from './browser.ts';
import { removeFolder } from './process.ts';
import { missingForKeys, startScreen } from './real-keys.ts';
import { writeThrowAwayExtension } from './throw-away-extension.ts';
import { until } from './until.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const CONSENT = `<!doctype html><title>Consent</title><button onclick="location.href = new window.URL(location).searchParams.get('back')">Allow</button>`;

describe.each(drivers)('the driver of $name', ({ name, program, launch }) => {
  let extension: string;
  let gateway: Gateway;
  let sites: Sites;
  let browser: Browser;
  let notion: ReturnType<typeof createServer>;

  beforeAll(async () => {
    extension = writeThrowAwayExtension(name);
    sites = await startSites({
      '/': '<!doctype html><title>A page</title><h1>Hello</h1>',
      '/other': '<!doctype html><title>Another</title>',
    });
    notion = createServer((request, answer) => {
      answer.setHeader('content-type', 'text/html');
      // Firefox answers from its cache when it is offline.
      answer.setHeader('cache-control', 'no-store');
      answer.end(request.url?.startsWith('/consent') ? CONSENT : `hello ${request.headers.host}`);
    });
    await new Promise<void>((resolve) => notion.listen(0, '127.0.0.1', resolve));
    const certificate = await makeCertificate(['api.notion.com', '*.test']);
    const { port } = notion.address() as AddressInfo;
    gateway = await startGateway(certificate, {
      encrypted: { 'api.notion.com': port, '*.test': sites.port },
      plain: sites.port,
    });
    options = { extension, gateway };
  });
  let options: Parameters<typeof launch>[0];
  beforeEach(async () => {
    browser = await launch(options);
  });
  afterEach(async () => {
    await browser?.close();
    gateway?.mend();
  });
  afterAll(async () => {
    await gateway?.close();
    await sites?.close();
    notion?.close();
    if (extension) removeFolder(extension);
  });

  const notes = () =>
    browser.inExtension(
      async () => (await chrome.storage.local.get('notes')).notes as { kind: string; title: string }[],
    );

  it.skipIf(!program)('drives the popup like a person, over a page it is then allowed to read', async () => {
    const page = await browser.open('http://site.test/');
    expect(await page.title()).toBe('A page');
    expect(await page.byRole('heading', 'Hello').text()).toBe('Hello');
    const popup = await browser.openPopup(page);
    await popup.byRole('textbox', 'Title').fill('first');
    await popup.byRole('textbox', 'Title').fill('Grüße 🎈');
    expect(await popup.byRole('textbox', 'Title').value()).toBe('Grüße 🎈');
    await popup.byRole('combobox', 'Database').choose('Two');
    await until('the choice', async () => (await popup.byRole('status').text()) === 'chose 2');
    await popup.byRole('button', 'Save').click();
    await until('the answer', async () => (await popup.byRole('status').text()).startsWith('Grüße'));
    expect(await popup.byRole('status').text()).toBe('Grüße 🎈 / A page / person');
    expect(await popup.byRole('button', 'No such').count()).toBe(0);
    expect((await popup.screenshot()).subarray(1, 4).toString()).toBe('PNG');
    await popup.setColorScheme('dark');
    expect(await popup.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
    expect(await browser.pages()).toHaveLength(3);
    await popup.close();
    expect(await popup.isOpen()).toBe(false);
    expect(await page.isOpen()).toBe(true);
    expect(await browser.complaints()).toEqual([]);
  });

  it.skipIf(!program)(
    'runs a command, ends the background, and finds what was stored after a crash',
    async () => {
      const page = await browser.open('https://site.test/other');
      await browser.runCommand('note', page);
      await until('the note', async () => (await notes())?.length === 1);
      expect((await notes())[0]).toEqual({ kind: 'note', title: 'Another' });
      await browser.killBackground();
      expect(await browser.isBackgroundAlive()).toBe(false);
      await browser.runCommand('note', page);
      await until('the second note', async () => (await notes()).length === 2);
      await browser.crashAndRestart();
      expect(await notes()).toHaveLength(2);
    },
  );

  it.skipIf(!program)('reaches the network by the gateway alone, and not when it is cut off', async () => {
    const reach = () =>
      browser.inExtension(
        async () =>
          (await chrome.runtime.sendMessage('reach')) as { text?: string; error?: string; onLine: boolean },
      );
    expect(await reach()).toEqual({ text: 'hello api.notion.com', onLine: true });
    await browser.setOffline(true);
    expect(await reach()).toMatchObject({ error: expect.any(String), onLine: false });
    await browser.killBackground();
    expect(await reach()).toMatchObject({ error: expect.any(String) });
    await browser.setOffline(false);
    expect(await reach()).toEqual({ text: 'hello api.notion.com', onLine: true });
    gateway.cut();
    expect(await reach()).toMatchObject({ error: expect.any(String) });
    gateway.mend();
    expect(await reach()).toMatchObject({ text: 'hello api.notion.com' });
    expect(
      new Set(
        gateway
          .arrivals()
          .filter(({ known }) => known)
          .map(({ host }) => host),
      ),
    ).toContain('api.notion.com');
  });

  it.skipIf(!program)('shows the window of a sign-in', async () => {
    const back = await browser.inExtension(() => chrome.identity.getRedirectURL());
    const page = await browser.open('http://site.test/');
    const answer = browser.inExtension(async () => chrome.runtime.sendMessage('sign in'));
    const window = await browser.pageAt((url) => url.startsWith('https://api.notion.com/consent'));
    await window.evaluate(
      (to) => history.replaceState(null, '', `?back=${encodeURIComponent(to)}`),
      `${back}?code=7`,
    );
    await window.byRole('button', 'Allow').click();
    expect(await answer).toBe(`${back}?code=7`);
    expect(await page.isOpen()).toBe(true);
    const again = browser.inExtension(async () => chrome.runtime.sendMessage('sign in'));
    await (await browser.pageAt((url) => url.startsWith('https://api.notion.com/consent'))).close();
    expect(await again).toMatch(/approve|cancel/i);
  });

  it.skipIf(!program || missingForKeys().length > 0)('hears a real key press', async () => {
    const screen = await startScreen();
    try {
      await browser.close();
      browser = await launch({ ...options, display: screen.display });
      expect(await notes()).toBeUndefined();
      await (await browser.open('http://site.test/other')).show();
      await screen.press('alt+shift+q', 'Another');
      await until('the note', async () => (await notes())?.length > 0);
      expect((await notes())[0]).toEqual({ kind: 'note', title: 'Another' });
    } finally {
      await browser.close();
      await screen.close();
    }
  });
});
