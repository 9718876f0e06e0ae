/** The app by itself, with every part it takes under the control of a test. */
import { createApp, type LogLine } from '../../../src/endpoint/app.ts';
import { type EndpointConfig, readConfig } from '../../../src/endpoint/config.ts';
import { limitInMemory } from '../../../src/endpoint/rate-limit.ts';
import { type Clock, sendBy } from '../../../src/endpoint/send.ts';

/** A clock that stands still until it is moved; timers run when their time is passed. */
export function handClock(): Clock & { advance(milliseconds: number): void; readonly timers: number } {
  let time = Date.UTC(2026, 10, 21);
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => time,
    after(milliseconds, run) {
      const timer = { at: time + milliseconds, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(milliseconds) {
      time += milliseconds;
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      for (const { run } of due) run();
    },
    get timers() {
      return timers.length;
    },
  };
}

export function configOf(variables: Readonly<Record<string, string>>): EndpointConfig {
  const reading = readConfig(variables);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.config;
}

/** Notion as one function: what it was sent goes in, its answer comes out. */
export type FakeFetch = (url: string, init: RequestInit) => Promise<Response>;

export function inProcess(config: EndpointConfig, notion: FakeFetch) {
  const clock = handClock();
  const lines: LogLine[] = [];
  let requests = 0;
  const app = createApp({
    config,
    send: sendBy(notion),
    clock,
    log: (line) => lines.push(line),
    requestId: () => `request-${++requests}`,
    limit: config.rateLimit > 0 ? limitInMemory(config.rateLimit, clock.now) : undefined,
  });
  return { app, clock, lines };
}
