import { expect, it } from 'vitest';
import { until } from '../drivers/until.ts';
import { MAPS, TIDES } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

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
