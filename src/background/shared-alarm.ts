import type { Alarm } from '../ports.ts';

/** The browser's one alarm for several who each have a time of their own: it rings at the earliest. */
export function shareAlarm(alarm: Alarm): () => Alarm {
  const times: (number | null)[] = [];
  return () => {
    const mine = times.push(null) - 1;
    return {
      set(at) {
        times[mine] = at;
        const all = times.filter((time) => time !== null);
        return alarm.set(all.length > 0 ? Math.min(...all) : null);
      },
    };
  };
}
