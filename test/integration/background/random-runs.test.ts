/**
 * The promise under whatever comes together: saves and undos while the network goes, Notion fails, tokens expire, the disk
 * is full, the background dies and time passes, in thousands of orders. `RUNS` says how many, `SEED` repeats a failure.
 */
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { type FaultKind, faultKinds } from '../../../src/sandbox/faults.ts';
import { appends, creates, REPEATS, type RepeatKind, repeatOf } from './browser-repeats.ts';
import { destinationIdOf, doUsersPart, onSharedClock, savesLeft, savesOf } from './shared-clock.ts';
import type { World } from './world.ts';

const RUNS = Number(process.env.RUNS ?? 120);
/** The same runs every time, unless told how many: then new ones. */
const seed = process.env.SEED ?? (process.env.RUNS === undefined ? 1 : undefined);
const SEED = seed === undefined ? {} : { seed: Number(seed) };

/** So far, in milliseconds, the device's clock may be from the right time. */
const CLOCK_OFF = 20 * 60 * 60_000;

/** What the page that has an article says: more than one request takes, and pictures among it. */
const ARTICLE = Array.from({ length: 120 }, (_, at) => (at % 40 === 20 ? 'picture' : `Paragraph ${at}`));
/** Two of its pictures only the page can show. */
const articleNodes = ARTICLE.map((words, at) =>
  words === 'picture'
    ? {
        name: 'img',
        attributes: at < 100 ? { file: at < 40 ? '0' : '1' } : { src: 'https://pictures.example/a.png' },
        children: [],
      }
    : { name: 'p', attributes: {}, children: [words] },
);
const PNG = { type: 'image/png', data: 'iVBORw==' } as const;

/** So many rows are there before anybody saves. */
const EARLIER = 2;

const { clock, control, origin, rows, newWorld, settle } = onSharedClock();

type Action =
  | { type: 'keep'; page: number }
  | { type: 'undo' | 'try-now'; which: number }
  | { type: 'amend'; which: number; to: number }
  | { type: 'change'; row: number }
  | { type: 'pass'; ms: number }
  | { type: 'die'; call: number; when: 'before' | 'after' }
  | { type: 'reopen' | 'expire' }
  | { type: 'fault'; kind: FaultKind; times: number }
  | { type: 'repeat'; kind: RepeatKind; of: 'create' | 'append' | 'any' }
  | { type: 'offline' | 'full'; is: boolean }
  | { type: 'lag' | 'clock'; ms: number };

const action = fc.oneof(
  // Few pages, so that many saves are of the same one.
  { weight: 6, arbitrary: fc.record({ type: fc.constant('keep' as const), page: fc.nat(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom('undo' as const, 'try-now' as const),
      which: fc.nat(20),
    }),
  },
  // Few titles, so that many changes go back to what was before.
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('amend' as const), which: fc.nat(20), to: fc.nat(2) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('change' as const), row: fc.nat(EARLIER - 1) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('pass' as const), ms: fc.nat(120_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('die' as const),
      call: fc.integer({ min: 1, max: 40 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('reopen' as const, 'expire' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('fault' as const),
      kind: fc.constantFrom(...(Object.keys(faultKinds) as FaultKind[])),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('repeat' as const),
      kind: fc.constantFrom(...REPEATS),
      of: fc.constantFrom('create' as const, 'append' as const, 'any' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('offline' as const, 'full' as const),
      is: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('lag' as const), ms: fc.nat(30_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('clock' as const),
      ms: fc.integer({ min: -CLOCK_OFF, max: CLOCK_OFF }),
    }),
  },
);

/** Troubles that the first of two sendings of one request would have had as well. */
const FOR_GOOD = new Set<string>([
  'unauthorized',
  'not_found',
  'validation_error',
  'restricted_resource',
  'block_limit',
] satisfies FaultKind[]);
const dropForGood = (): void => {
  for (const { id, kind } of control().faults()) if (FOR_GOOD.has(kind)) control().removeFault(id);
};

/** A renewal of the token that is done twice may always end in connecting anew. */
const isToNotion = ({ url }: { url: string }): boolean => url.startsWith(origin());

/** What a save is called at first. */
const titleOf = ({ url }: { url: string }): string => `Page ${url.slice('https://example.org/'.length)}`;

/** What the work comes to, or `died` when the background did not live to see it. */
const orDeath = <T>(world: World, work: Promise<T>): Promise<T | 'died'> =>
  Promise.race([work, world.life.ended.then(() => 'died' as const)]);

/** As the popup does: asks again when it has heard no answer. */
async function ask<T>(world: World, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await orDeath(world, work());
    if (answer !== 'died') return answer;
    world.restart();
  }
}

it(`keeps its promise in ${RUNS} random runs`, { timeout: 60_000 + RUNS * 2_000 }, async () => {
  // Storage that is full is complained of, and nothing else.
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let kept = 0;
  let deaths = 0;
  let repeats = 0;
  /** @param areHidden whether the browser shows nothing by which a repeat could be told */
  const run = async (actions: Action[], areHidden: boolean): Promise<void> => {
    const world = await newWorld();
    const destinationId = destinationIdOf(world);
    const earlier = Array.from({ length: EARLIER }, (_, index) =>
      control().addRow('Reading list', {
        Name: `Earlier ${index}`,
        URL: `https://example.org/earlier/${index}`,
        Tags: ['history'],
      }),
    );
    clock.now += 60_000;
    world.setContent(articleNodes, { url: 'https://example.org/2', files: [PNG, PNG] });
    const form = { version: 1 as const, mapping: {}, starts: {}, copies: true };
    await world.call({ type: 'set-form', destinationId, form });
    const settled = () => settle(world, (work) => ask(world, work));
    /** Saves of which it was said that they are kept, and whether they are still wanted. */
    const promised = new Map<string, boolean>();
    /** What each of them is called by now. */
    const titles = new Map<string, string>();
    const captureOf = (id: string) => savesOf(world).find((save) => save.id === id)?.capture;
    let isFull = false;
    if (areHidden) world.hideRepeats();

    for (const [index, next] of actions.entries()) {
      switch (next.type) {
        case 'keep': {
          const url = `https://example.org/${next.page}`;
          const capture = {
            url,
            title: titleOf({ url }),
            description: '',
            tags: ['physics'],
            at: world.now + index,
            origin: 'popup' as const,
          };
          const saveId = `save ${index}`;
          const { title } = capture;
          // What the page says goes along, in more than one part.
          const read =
            next.page === 2
              ? await ask(world, () =>
                  world.call({ type: 'read-content', tabId: 7, wanted: 'article', url, title }),
                )
              : null;
          const page = read?.ok && read.value ? { page: read.value } : {};
          const answer = await ask(world, () =>
            world.call({ type: 'keep', saveId, capture, destinationId, ...page }),
          );
          if (answer.ok) {
            promised.set(saveId, true);
            titles.set(saveId, capture.title);
          }
          // Said to be lost: then it must not turn up later.
          else
            expect([saveId, isFull || savesOf(world).every(({ id }) => id !== saveId)]).toEqual([
              saveId,
              true,
            ]);
          break;
        }
        case 'undo': {
          const id = [...promised.keys()][next.which];
          if (id === undefined || isFull) break;
          await ask(world, () => world.call({ type: 'undo', saveIds: [id] }));
          promised.set(id, false);
          break;
        }
        case 'amend': {
          const id = [...promised.keys()][next.which];
          const before = id === undefined ? undefined : captureOf(id);
          if (id === undefined || !before || isFull) break;
          const capture = { ...before, title: next.to === 0 ? titleOf(before) : `Changed ${next.to}` };
          const answer = await ask(world, () =>
            world.call({ type: 'amend', saveId: id, capture, destinationId }),
          );
          expect(answer).toMatchObject({ ok: true });
          // One that was undone is saved anew.
          if (answer.ok) promised.set(answer.value.saveId, true);
          if (answer.ok) titles.set(answer.value.saveId, capture.title);
          break;
        }
        case 'change': {
          const saveId = `change ${next.row}`;
          const url = `https://example.org/earlier/${next.row}`;
          if (isFull || promised.has(saveId)) break;
          const found = await ask(world, () =>
            world.call({ type: 'find-saved', url, destinationId, where: 'notion' }),
          );
          if (!found.ok || found.value?.kind !== 'row') break;
          const { row, held } = found.value;
          // A tag that no option can be called goes into the page.
          const capture = { ...held, title: 'Otherwise', tags: ['a, b'] };
          const answer = await ask(world, () =>
            world.call({ type: 'change-row', saveId, row, held, capture, destinationId }),
          );
          if (!answer.ok) break;
          promised.set(saveId, true);
          titles.set(saveId, capture.title);
          break;
        }
        case 'try-now': {
          const id = [...promised.keys()][next.which];
          if (id !== undefined) await ask(world, () => world.call({ type: 'try-now', saveId: id }));
          break;
        }
        case 'pass':
          await orDeath(world, world.pass(next.ms));
          break;
        case 'die':
          world.life.endAt({ call: next.call, when: next.when });
          deaths += 1;
          break;
        case 'reopen':
          world.reopen();
          break;
        case 'expire':
          control().act('all', 'expire');
          break;
        case 'fault':
          control().addFault({ kind: next.kind, times: next.times });
          break;
        case 'repeat': {
          // What is refused for good was so at the first sending: where the browser shows nothing, that is relied upon.
          if (areHidden && FOR_GOOD.has(next.kind.second ?? '')) break;
          const where = { create: creates, append: appends, any: isToNotion }[next.of];
          const plan = repeatOf(next.kind, where, control);
          const second = (): void => {
            if (areHidden) dropForGood();
            plan.second?.();
          };
          world.repeat({ ...plan, second });
          repeats += 1;
          break;
        }
        case 'offline':
          world.setOffline(next.is);
          break;
        case 'full':
          isFull = next.is;
          world.local.breakWrites(isFull ? 'QUOTA_BYTES quota exceeded' : null);
          break;
        case 'lag':
          control().changeSettings({ queryLagMs: next.ms });
          break;
        case 'clock':
          world.setClockAhead(next.ms);
      }
      if (world.life.hasEnded()) world.restart();
    }

    // All troubles end, and the user does their part.
    control().clearFaults();
    world.setOffline(false);
    world.local.breakWrites(null);
    world.reopen();
    await settled();
    for (let turn = 0; turn < 3; turn++) {
      await doUsersPart(world, savesLeft(world));
      await settled();
    }

    const stored = new Map(savesOf(world).map((save) => [save.id, save]));
    const wanted = [...promised].filter(([, isWanted]) => isWanted).map(([id]) => id);
    const inNotion = (id: string) => stored.get(id)?.row?.id ?? `${id}: ${stored.get(id)?.state ?? 'lost'}`;
    const earlierIds = earlier.map(({ id }) => id);
    expect(
      rows()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...new Set([...earlierIds, ...wanted.map(inNotion)])].sort());
    const byRow = new Map(rows().map((row) => [row.id, row.title]));
    for (const id of wanted) expect([id, byRow.get(inNotion(id))]).toEqual([id, titles.get(id)]);
    for (const id of wanted) {
      const save = stored.get(id);
      const isMade = save?.page !== undefined && save.adopted === undefined;
      const content = rows().find((row) => row.id === save?.row?.id)?.content ?? [];
      // One that Notion did not take in time leaves a word.
      const said = content
        .map(({ type, text }) => (type === 'image' || text.includes('picture_missing') ? 'picture' : text))
        .filter((text) => ARTICLE.includes(text));
      if (isMade) expect([id, said]).toEqual([id, ARTICLE]);
    }
    // Nobody has changed them, or it was undone; and perhaps changed anew after that, but for the tag.
    for (const { id, title } of earlier) {
      const row = rows().find((one) => one.id === id);
      const change = wanted.find((one) => inNotion(one) === id);
      if (change === undefined) {
        expect(row).toMatchObject({ title, blocks: 0, values: { Tags: ['history'] } });
        continue;
      }
      const blocks = change.includes('~') ? 0 : 1;
      expect(row).toMatchObject({ title: titles.get(change), blocks });
    }
    kept += promised.size;
  };
  await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 40 }), fc.boolean(), run), {
    numRuns: RUNS,
    endOnFailure: false,
    ...SEED,
  });
  const others = complaints.mock.calls.filter((call) => !/QUOTA_BYTES/.test(call.map(String).join(' ')));
  complaints.mockRestore();
  expect(others).toEqual([]);
  console.log(
    `${RUNS} runs: ${kept} saves kept, ${deaths} deaths and ${repeats} repeats by the browser planned`,
  );
});
