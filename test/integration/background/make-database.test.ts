/** A database is made once, however often it is asked for, whatever dies, and whatever the browser sends twice. */
import { describe, expect, it } from 'vitest';
import { REPEATS, repeatOf } from './browser-repeats.ts';
import type { Moment } from './life.ts';
import { onSharedClock } from './shared-clock.ts';
import type { World } from './world.ts';

const { clock, control, newWorld } = onSharedClock();

const TITLE = 'bookmarks_database_title';
const makes = ({ method, url }: { method: string; url: string }) =>
  method === 'POST' && url.endsWith('/v1/databases');

const databases = () =>
  control()
    .state()
    .dataSources.filter(({ title, inTrash }) => title === TITLE && !inTrash);

async function world(): Promise<World> {
  const made = await newWorld();
  expect(await made.connect({ share: ['Bookmarks home'] })).toMatchObject({ ok: true });
  made.requests.length = 0;
  return made;
}

const ask = (one: World, parentPageId: string | null, jobId = 'job') => {
  const [botId = ''] = Object.keys(one.stored<object>('connections'));
  return one.call({ type: 'create-database', jobId, botId, parentPageId });
};
const parentOf = (one: World): string =>
  (one.local.dump().catalog as { pages: { id: string }[] }).pages[0]?.id ?? '';

/** Lets all that is due be done, alarm by alarm. */
async function rest(one: World): Promise<void> {
  await one.background.wake();
  for (let alarms = 0; alarms < 20 && one.alarmAt !== null; alarms++)
    await one.pass(Math.max(0, one.alarmAt - one.now));
  expect(one.alarmAt).toBeNull();
}

/** The user asks again, some time later, until there is an answer that they can go on by. */
async function insist(one: World, parentPageId: string | null): Promise<unknown> {
  for (let turns = 0; turns < 4; turns++) {
    const answer = await ask(one, parentPageId);
    if (answer.ok) return answer;
    clock.now += 60_000;
  }
  throw new Error('It is never made.');
}

for (const [where, parent] of [
  ['under a page', parentOf],
  ['as a private page', () => null],
] as const)
  describe(where, () => {
    it('is one for all who ask by one id, at once or later', async () => {
      const one = await world();
      const answers = await Promise.all([
        ask(one, parent(one)),
        ask(one, parent(one)),
        ask(one, parent(one)),
      ]);
      one.restart();
      answers.push(await ask(one, parent(one)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({ ok: true });
      expect(databases()).toHaveLength(1);
      expect(await ask(one, parent(one), 'another')).toMatchObject({ ok: true });
      expect(databases()).toHaveLength(2);
    });

    it.each(REPEATS)('is one, when $name', async (kind) => {
      const one = await world();
      one.repeat(repeatOf(kind, makes, control));
      await insist(one, parent(one));
      await rest(one);
      expect(databases().map(({ id }) => id)).toEqual([
        (one.local.dump().settings as { destinationId: string }).destinationId,
      ]);
    });

    it('is one, wherever the background dies', async () => {
      const first = await world();
      first.life.endAt({ call: 0, when: 'before' });
      await ask(first, parent(first));
      const calls = first.life.calls();
      expect(calls).toBeGreaterThan(5);
      for (let call = 1; call <= calls; call++)
        for (const when of ['before', 'after'] satisfies Moment['when'][]) {
          const one = await world();
          one.life.endAt({ call, when });
          await Promise.race([ask(one, parent(one)), one.life.ended]);
          one.restart();
          await insist(one, parent(one));
          await rest(one);
          expect(databases(), `killed ${when} call ${call}`).toHaveLength(1);
        }
    });

    it('is looked for also by who asks by another id, when nobody knows of the first', async () => {
      const one = await world();
      control().addFault({ kind: 'drop_after', method: 'POST', path: '/v1/databases', times: 1 });
      control().addFault({ kind: 'internal_server_error', times: 1 });
      expect(await ask(one, parent(one), 'first')).toMatchObject({ ok: false });
      expect(await ask(one, parent(one), 'second')).toMatchObject({ ok: true });
      expect(databases()).toHaveLength(1);
    });

    it('is not taken for a second one where somebody has put a row into it', async () => {
      const one = await world();
      one.repeat({
        where: makes,
        second: () => control().addRow(TITLE, { bookmarks_property_title: 'Mine' }),
      });
      expect(await ask(one, parent(one))).toMatchObject({ ok: true });
      await rest(one);
      expect(databases()).toHaveLength(2);
    });
  });
