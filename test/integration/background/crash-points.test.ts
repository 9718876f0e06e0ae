/** What is kept arrives once, though the background is killed before or after any of its calls to the browser. */
import { describe, expect, it } from 'vitest';
import { control, expectOneRowEach, help, prepared, scenarios, settle } from './crash-scenarios.ts';
import type { Moment } from './life.ts';

describe('killed at every call to the browser', () => {
  for (const lag of [0, 30_000]) {
    it.each(scenarios)(
      `$name, with queries ${lag / 1000} s behind`,
      { timeout: 240_000 },
      async (scenario) => {
        const first = await prepared(scenario);
        first.life.endAt({ call: 0, when: 'before' });
        await scenario.act(first);
        await settle(first);
        const calls = first.life.calls();
        expect(calls).toBeGreaterThan(5);
        expectOneRowEach(first, scenario, 'undisturbed');

        let tried = 0;
        for (let call = 1; call <= calls; call++) {
          for (const when of ['before', 'after'] satisfies Moment['when'][]) {
            const world = await prepared(scenario);
            control().changeSettings({ queryLagMs: lag });
            world.life.endAt({ call, when });
            await Promise.race([scenario.act(world).then(() => settle(world)), world.life.ended]);
            world.restart();
            await scenario.act(world);
            await settle(world);
            const which = `killed ${when} call ${call}`;
            await help(world, scenario, which, []);
            expectOneRowEach(world, scenario, which);
            tried += 1;
          }
        }
        console.log(`${scenario.name}: killed at ${tried} points`);
      },
    );
  }
});
