/** What is kept arrives once, or says what it needs, whatever happens to any of its requests. */
import { describe, it } from 'vitest';
import { type FaultKind, faultKinds } from '../../../src/sandbox/faults.ts';
import { control, expectOneRowEach, help, prepared, scenarios, settle } from './crash-scenarios.ts';

/** Troubles for which the user is needed, and which are over when they have done their part. */
const NEEDS_USER: readonly FaultKind[] = [
  'unauthorized',
  'not_found',
  'validation_error',
  'restricted_resource',
  'block_limit',
  'oauth_error',
];

describe('disturbed at every request', () => {
  const kinds = Object.keys(faultKinds) as FaultKind[];

  it.each(kinds)('by %s', { timeout: 240_000 }, async (kind) => {
    let tried = 0;
    for (const scenario of scenarios) {
      const first = await prepared(scenario);
      await scenario.act(first);
      await settle(first);
      const requests = first.requests.length;
      for (let at = 1; at <= requests; at++) {
        const world = await prepared(scenario);
        world.beforeRequest(at, () => control().addFault({ kind, times: 1 }));
        await scenario.act(world);
        await settle(world);
        const which = `${kind} at request ${at} of "${scenario.name}"`;
        await help(
          world,
          scenario,
          which,
          NEEDS_USER.filter((one) => one === kind),
        );
        expectOneRowEach(world, scenario, which);
        tried += 1;
      }
    }
    console.log(`${kind}: ${tried} requests disturbed`);
  });
});
