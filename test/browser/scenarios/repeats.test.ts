/** Browsers send a request a second time by themselves when its connection dies: what becomes of a save then. */
import { expect, it } from 'vitest';
import { isArrived } from '../../../src/core/save/record.ts';
import { type Cut, cuts } from '../../../src/sandbox/cuts.ts';
import type { Protocol } from '../../../src/sandbox/transport.ts';
import { until } from '../drivers/until.ts';
import { TIDES } from '../stage/pages.ts';
import { DATABASE, type Stage, scenarios } from '../stage/stage.ts';

/** A look 45 s later, by which what the browser shows nothing of is told, on a computer that is busy. */
const PATIENCE = 240_000;
const LONG = 480_000;

/** How a request dies, and whether its row is there by then. */
interface Death {
  cut: Cut;
  kind: 'drop_before' | 'drop_after';
}
const deathsOver = (protocol: Protocol): Death[] =>
  (protocol === 'h2' ? cuts : (['fin', 'rst'] as const)).flatMap((cut) => [
    { cut, kind: 'drop_before' } as const,
    { cut, kind: 'drop_after' } as const,
  ]);

/** With a number of two digits before, so that no name is the beginning of another: requests are known by what they hold. */
const numbered = (name: string, at: number): string => `${String(at).padStart(2, '0')} ${name}`;
const addressOf = (name: string): string => `https://site.test${TIDES.path}?edition=${name.slice(0, 2)}`;

/** What the browser answers with a second sending, where the connection had been used before. */
const REPEATED: Record<Stage['driver']['name'], Record<Protocol, readonly Cut[]>> = {
  chromium: {
    'http/1.1': ['fin', 'rst'],
    h2: ['fin', 'rst', 'goaway', 'goaway_not_taken', 'refused_stream'],
  },
  firefox: { 'http/1.1': ['fin', 'rst'], h2: ['goaway_not_taken', 'refused_stream', 'internal_error'] },
};

for (const protocol of ['h2', 'http/1.1'] as const) {
  scenarios(
    `requests that the browser repeats over ${protocol}`,
    { protocols: protocol === 'h2' ? ['h2', 'http/1.1'] : ['http/1.1'] },
    (stage) => {
      const { saves } = stage;
      /** What does not come to be is told by what is expected afterwards. */
      const waitFor = (what: string, isSo: () => Promise<boolean>) =>
        until(what, isSo, PATIENCE).catch(() => undefined);
      const requestsWith = (text: string) =>
        stage.notion.requests().filter(({ body }) => JSON.stringify(body ?? '').includes(text));

      it(
        'end with one row each',
        async () => {
          await stage.connect();
          const deaths = deathsOver(protocol).map((death, at) => {
            const what = numbered(`${death.kind} by ${death.cut}`, at);
            return { ...death, what, url: addressOf(what) };
          });
          for (const { url, cut, kind } of deaths) {
            stage.notion.addFault({ kind, cut, method: 'POST', path: '/v1/pages', bodyHas: url, times: 1 });
            const page = await stage.browser.open(url);
            await stage.browser.runCommand('quick-save', page);
            await until(`${kind} by ${cut}`, () => stage.notion.faults().at(-1)?.hits === 1);
            // The next must not be on a connection that dies.
            await until('its end', async () => (await saves()).every(({ state }) => state !== 'sending'));
            await page.close();
          }
          /** The rows of each that are not in the trash, and the one that its save names. */
          const rows = async () => {
            const all = await saves();
            return deaths.map(({ url, what }) => ({
              what,
              saved: all.find(({ capture, state }) => capture.url === url && state === 'in-notion')?.row?.id,
              there: stage
                .newRows()
                .filter(({ values, inTrash }) => values.URL === url && !inTrash)
                .map(({ id }) => id),
            }));
          };
          // What is there twice is there by now: all that can still come is that it goes.
          await waitFor('one row each', async () =>
            (await rows()).every(({ saved, there }) => saved === there[0] && there.length === 1),
          );
          for (const { saved, there } of await rows()) expect(there).toEqual([saved]);
          const repeated = deaths.filter(({ url }) => {
            const [first = 0, second] = requestsWith(url).flatMap(({ path }, at) =>
              path === '/v1/pages' ? [at] : [],
            );
            // The extension itself looks whether the row is there before it sends once more.
            return second === first + 1;
          });
          expect(repeated.map(({ what }) => what)).toEqual(
            deaths
              .filter(({ cut }) => REPEATED[stage.driver.name][protocol].includes(cut))
              .map(({ what }) => what),
          );
          expect(stage.notion.requests().some(({ httpVersion }) => httpVersion === '2.0')).toBe(
            protocol === 'h2',
          );
        },
        LONG,
      );

      it(
        'end with one set of blocks and the values said last',
        async () => {
          // What has no property goes into the page.
          stage.notion.removeProperty(DATABASE, 'Description');
          await stage.connect();
          const changes = [
            { name: 'in peace', dies: [] },
            ...deathsOver(protocol)
              .filter(({ kind, cut }) => kind === 'drop_after' || cut === 'fin')
              .map((death) => ({ name: `${death.kind} by ${death.cut}`, dies: [death] })),
          ].map(({ name, dies }, at) => {
            const what = numbered(name, at);
            return { what, dies, url: addressOf(what) };
          });
          const rowAt = (url: string) => stage.newRows().find(({ values }) => values.URL === url);
          const hadBlocks = new Map<string, number>();
          for (const { what, url, dies } of changes) {
            const page = await stage.browser.open(url);
            await stage.browser.runCommand('quick-save', page);
            await until('the row', async () =>
              (await saves()).some(({ capture, row }) => capture.url === url && row !== null),
            );
            hadBlocks.set(url, rowAt(url)?.blocks ?? 0);
            for (const { cut, kind } of dies) {
              const fault = { kind, cut, method: 'PATCH', times: 1 };
              stage.notion.addFault({ ...fault, path: '/v1/pages/*', bodyHas: `Title ${what}` });
              stage.notion.addFault({ ...fault, path: '/v1/blocks/*', bodyHas: `Words ${what}` });
            }
            const popup = await stage.browser.openPopup(page);
            await until(
              'the saved row to be known',
              async () => (await popup.byRole('button', 'Update').count()) === 1,
            );
            await popup.byRole('textbox', 'Title').fill(`Title ${what}`);
            await popup.byRole('textbox', 'Description').fill(`Words ${what}`);
            await popup.byRole('button', 'Update').click();
            await until(`${what} to be stored`, async () =>
              (await saves()).some(({ capture }) => capture.title === `Title ${what}`),
            );
            await popup.close();
            await page.close();
          }
          const outcome = () =>
            changes.map(({ what, url }) => {
              const row = rowAt(url);
              return { what, title: row?.title, added: (row?.blocks ?? 0) - (hadBlocks.get(url) ?? 0) };
            });
          await waitFor('one set of blocks each', async () => {
            const [inPeace, ...others] = outcome();
            // By then it is known of each what was answered, and the browser sends nothing any more.
            const isDone = (await saves()).every((save) => save.state === 'in-notion' && isArrived(save));
            return isDone && inPeace?.added !== 0 && others.every(({ added }) => added === inPeace?.added);
          });
          const [inPeace] = outcome();
          expect(outcome()).toEqual(
            changes.map(({ what }) => ({ what, title: `Title ${what}`, added: inPeace?.added })),
          );
          expect(stage.notion.faults().filter(({ hits }) => hits !== 1)).toEqual([]);
          expect(stage.newRows()).toHaveLength(changes.length);
        },
        LONG,
      );
    },
  );
}
