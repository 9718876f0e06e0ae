/** What is kept arrives once, though the browser sends any of its requests twice. */
import { describe, it } from 'vitest';
import { REPEATS, repeatOf } from './browser-repeats.ts';
import { control, expectOneRowEach, help, origin, prepared, scenarios, settle } from './crash-scenarios.ts';

/** A renewal of the token that is done twice may always end in connecting anew. */
const isToNotion = ({ url }: { url: string }) => url.startsWith(origin());

describe('sent twice by the browser', () => {
  for (const lag of [0, 30_000]) {
    it.each(REPEATS)(
      `$name, at every request, with queries ${lag / 1000} s behind`,
      { timeout: 240_000 },
      async (kind) => {
        let tried = 0;
        for (const scenario of scenarios) {
          const first = await prepared(scenario);
          await scenario.act(first);
          await settle(first);
          const requests = first.requests.length;
          for (let at = 1; at <= requests; at++) {
            const world = await prepared(scenario);
            control().changeSettings({ queryLagMs: lag });
            world.beforeRequest(at, () => world.repeat(repeatOf(kind, isToNotion, control)));
            await scenario.act(world);
            await settle(world);
            const which = `${kind.name}, at request ${at} of "${scenario.name}"`;
            await help(world, scenario, which, kind.second === 'restricted_resource' ? [kind.second] : []);
            expectOneRowEach(world, scenario, which);
            tried += 1;
          }
        }
        console.log(`${kind.name}: ${tried} requests sent twice`);
      },
    );
  }
});
