import type { Alarm, Clock } from '../../ports.ts';

/** In milliseconds: nobody who has not said yet when something is due waits longer than that for being asked. */
const SAID_WITHIN = 60_000;

/**
 * The browser's one alarm for several who each have a time of their own: it rings at the earliest. A background that has begun
 * anew does not know these times until each has read what is stored; as long as one has not, the alarm is never taken away.
 */
export function shareAlarm(alarm: Alarm, clock: Clock): () => Alarm {
  const times: (number | null | undefined)[] = [];
  return () => {
    const mine = times.push(undefined) - 1;
    return {
      async set(at) {
        times[mine] = at;
        const all = times.filter((time) => typeof time === 'number');
        if (times.includes(undefined)) all.push(clock() + SAID_WITHIN);
        await alarm.set(all.length > 0 ? Math.min(...all) : null);
      },
    };
  };
}
