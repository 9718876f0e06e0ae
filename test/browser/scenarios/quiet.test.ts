import { expect, it } from 'vitest';
import { until } from '../drivers/until.ts';
import { isConsent, OPTIONS } from '../stage/connect.ts';
import { MAPS, TIDES } from '../stage/pages.ts';
import { DATABASE, scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

scenarios('until the user acts', {}, (stage) => {
  it('sends nothing, and leaves every page alone', async () => {
    const visited = ['http://site.test', 'https://other.test'].flatMap((site) => [
      `${site}${TIDES.path}`,
      `${site}${MAPS.path}`,
    ]);
    const asked = stage.sites.requests().length;
    for (const url of visited) {
      const page = await stage.browser.open(url);
      const found = await page.evaluate(() => ({
        scripts: document.scripts.length,
        outside: [...document.documentElement.children].map(({ localName }) => localName),
        inBody: document.body.children.length,
      }));
      expect(found).toEqual({ scripts: 0, outside: ['head', 'body'], inBody: 1 });
    }
    await until('the background to have settled', () => stage.browser.isBackgroundAlive());
    expect(
      stage.sites
        .requests()
        .slice(asked)
        .map((each) => each.replace('GET http', '')),
    ).toEqual(visited.map((url) => url.replace(/^https?/, '')));
    expect(stage.notion.requests()).toEqual([]);
    const ours = stage.gateway.arrivals().filter(({ host }) => /notion|rowmark/.test(host));
    expect(ours).toEqual([]);
  });
});

scenarios('a workspace whose databases have pictures', {}, (stage) => {
  /** Anybody in a workspace can give a database the address of a picture on a server of their own. */
  const STRANGE = 'https://pictures.example.org/icon.png';
  const OWN = 'https://www.notion.so/icons/bookmark_gray.svg';

  it('is shown without a word to anybody but Notion', async () => {
    const { browser, notion, gateway } = stage;
    const properties = [{ name: 'Name', type: 'title' }];
    notion.createDatabase({ title: 'Pictured', icon: STRANGE, sources: [{ properties }] });
    const asked = gateway.arrivals().length;

    const options = await browser.openExtensionPage(OPTIONS);
    await options.byRole('button', 'Connect to Notion').click();
    const consent = await browser.pageAt(isConsent);
    await consent.byRole('checkbox', `${DATABASE} database`).click();
    await consent.byRole('checkbox', 'Pictured database').click();
    await consent.byRole('button', 'Allow access').click();
    await options.byRole('radio', 'Pictured').appear();
    expect(JSON.stringify(await stage.stored())).not.toContain(STRANGE);

    // What a version before this one has stored.
    await options.evaluate(
      async ([strange, own]) => {
        const { catalog } = (await chrome.storage.local.get('catalog')) as {
          catalog: { entries: { title: string; icon: unknown }[] };
        };
        const [first] = catalog.entries;
        catalog.entries = [
          { ...first, id: 'strange', title: 'Strange', icon: { url: strange } },
          { ...first, id: 'own', title: 'Own', icon: { url: own } },
          ...catalog.entries,
        ] as typeof catalog.entries;
        await chrome.storage.local.set({ catalog });
      },
      [STRANGE, OWN],
    );
    await options.byRole('radio', 'Strange').appear();
    const hosts = () =>
      gateway
        .arrivals()
        .slice(asked)
        .map(({ host }) => host);
    // So pictures are loaded, which is what makes the rest mean something; this one is not to be had here.
    await until('Notion to be asked for its picture', async () => hosts().includes('www.notion.so'));
    await until('its letter to stand for it', () =>
      options.evaluate(() => document.querySelector('img.icon') === null),
    );

    const page = await browser.open(`http://site.test${TIDES.path}`);
    const popup = await browser.openPopup(page);
    await popup.byRole('combobox', 'Database').click();
    await popup.byRole('option', 'Strange').appear();
    const strangers = hosts().filter((host) => /example\.org$/.test(host));
    expect(strangers).toEqual([]);
  });
});
