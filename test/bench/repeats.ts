/**
 * What a browser tells of its own requests, and which it repeats by itself: every way for one to die, over both protocols,
 * on a quick and on a slow link; and how often the rule in `src/platform/repeat.ts` is right about it. `OUT` names a file
 * for every single observation.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Repeat } from '../../src/core/http.ts';
import { type Engine, type RequestTiming, repeatOf } from '../../src/platform/repeat.ts';
import { type Cut, cuts } from '../../src/sandbox/cuts.ts';
import {
  createTransport,
  type Incoming,
  type Outgoing,
  type Protocol,
  type Transport,
} from '../../src/sandbox/transport.ts';
import { type Driver, drivers } from '../browser/drivers/available.ts';
import { removeFolder } from '../browser/drivers/process.ts';
import { writeThrowAwayExtension } from '../browser/drivers/throw-away-extension.ts';
import { makeCertificate } from '../browser/stage/certificate.ts';
import { startGateway } from '../browser/stage/gateway.ts';
import { startLink } from './link.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

/** Sends as `src/platform/http.ts` does. */
const BACKGROUND = `
performance.setResourceTimingBufferSize(0);
const noted = new Map();
new PerformanceObserver((list) => { for (const entry of list.getEntries()) noted.get(entry.name)?.(entry); }).observe({ type: 'resource' });
async function send({ url, body }) {
  const timing = new Promise((resolve) => { noted.set(url, resolve); });
  const begun = performance.now();
  const reply = await fetch(url, {
    method: 'POST', body, headers: { 'content-type': 'application/json', 'notion-version': '2026-03-11' },
    credentials: 'omit', redirect: 'manual', cache: 'no-store', referrerPolicy: 'no-referrer',
  });
  const answeredAt = performance.now();
  const headers = Object.fromEntries(reply.headers);
  await reply.text();
  const entry = await timing;
  noted.delete(url);
  const since = (name) => entry[name] === 0 ? 0 : Math.round((entry[name] - begun) * 10) / 10 + 1;
  const names = ['fetchStart', 'domainLookupStart', 'connectStart', 'secureConnectionStart', 'connectEnd', 'requestStart', 'responseStart', 'responseEnd'];
  return { timing: Object.fromEntries(names.map((name) => [name, since(name)])),
    answeredAt: Math.round((answeredAt - begun) * 10) / 10 + 1,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-firefox'))) };
}
(globalThis.browser ?? chrome).runtime.onMessage.addListener((message, sender, answer) => {
  if (!message.url) return;
  send(message).then(answer, (error) => answer(String(error)));
  return true;
});`;

/** What the server does with one request. */
interface Plan {
  id: string;
  /** How the first attempt ends. */
  cut?: Cut;
  /** Milliseconds that it lives. */
  life?: number;
  /** Milliseconds to an answer. */
  think?: number;
  /** Bytes of the answer. */
  size?: number;
}

type Told = { timing: RequestTiming; answeredAt: number; headers: Record<string, string> };
/** `told` is an error's text where the browser gave up. */
export interface Observation {
  engine: Engine;
  protocol: Protocol;
  situation: string;
  /** Milliseconds one way. */
  link: number;
  cut?: Cut;
  life?: number;
  attempts: number;
  told: Told | string;
}

function startServer(tls: { key: string; cert: string }, protocols: readonly Protocol[]) {
  const attempts = new Map<string, number>();
  async function answer(incoming: Incoming, outgoing: Outgoing): Promise<void> {
    outgoing.on('error', () => undefined);
    await buffer(incoming);
    const { search } = new URL(incoming.url ?? '', 'https://api.notion.com');
    const {
      id,
      cut,
      life = 0,
      think = 0,
      size = 600,
    }: Plan = JSON.parse(decodeURIComponent(search.slice(1)));
    attempts.set(id, (attempts.get(id) ?? 0) + 1);
    const isCut = cut !== undefined && attempts.get(id) === 1;
    const wait = isCut ? life : think;
    if (wait > 0) await sleep(wait);
    if (isCut) return transport.cut(incoming, cut);
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': size });
    outgoing.end('x'.repeat(size));
  }
  const transport: Transport = createTransport({ tls, protocols }, (incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => undefined);
  });
  return { transport, attempts: (id: string) => attempts.get(id) ?? 0 };
}

const TIMES = Number(process.env.TIMES ?? 30);

async function observe(driver: Driver, protocol: Protocol): Promise<Observation[]> {
  const certificate = await makeCertificate(['api.notion.com']);
  const { transport, attempts } = startServer(
    certificate,
    protocol === 'h2' ? ['h2', 'http/1.1'] : ['http/1.1'],
  );
  const link = await startLink(await transport.listen(0, '127.0.0.1'));
  const gateway = await startGateway(certificate, {
    untouched: { 'api.notion.com': link.port },
    encrypted: {},
    plain: link.port,
  });
  const extension = writeThrowAwayExtension(driver.name);
  writeFileSync(join(extension, 'background.js'), BACKGROUND);
  const browser = await driver.launch({ extension, gateway });
  const observed: Observation[] = [];

  async function send(situation: string, plan: Omit<Plan, 'id'> = {}): Promise<void> {
    const id = String(observed.length);
    observed.push({} as Observation);
    const told = (await browser.inExtension(async (message: object) => chrome.runtime.sendMessage(message), {
      url: `https://api.notion.com/v1/pages?${encodeURIComponent(JSON.stringify({ ...plan, id }))}`,
      body: JSON.stringify({ some: 'x'.repeat(800) }),
    })) as Told | string;
    const { cut, life } = plan;
    observed[Number(id)] = {
      engine: driver.name === 'chromium' ? 'blink' : 'gecko',
      protocol,
      situation,
      link: link.delay,
      ...(cut && life !== undefined ? { cut, life } : {}),
      attempts: attempts(id),
      told,
    };
  }
  const several = async (times: number, act: () => Promise<unknown>): Promise<void> => {
    for (let time = 0; time < times; time += 1) await act();
  };

  async function ordinary(how: string): Promise<void> {
    await several(TIMES, async () => {
      link.cutAll();
      await sleep(50);
      await send(`${how}, new connection`);
    });
    await several(TIMES * 2, () => send(`${how}, used connection`));
    await several(TIMES / 3, () => send(`${how}, slow answer`, { think: 120 }));
    await several(TIMES / 3, () => send(`${how}, answer of 1 MB`, { size: 1_000_000 }));
    await several(TIMES / 3, () =>
      Promise.all([1, 2, 3].map(() => send(`${how}, three at once`, { think: 20 }))),
    );
  }
  for (const delay of [0, 25, 150]) {
    link.delay = delay;
    await ordinary('idle');
  }
  link.delay = 0;
  const spinning = [1, 2, 3].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  await ordinary('busy');
  for (const each of spinning) each.kill('SIGKILL');
  await sleep(1000);
  for (const delay of [0, 25]) {
    link.delay = delay;
    for (const cut of protocol === 'h2' ? cuts : (['fin', 'rst'] as const)) {
      for (const life of [0, 1, 2, 5, 20, 300]) {
        await several(life > 50 ? 2 : 6, async () => {
          await send('idle, used connection');
          await send('cut', { cut, life });
        });
      }
    }
  }
  await browser.close();
  await gateway.close();
  link.close();
  await transport.close();
  removeFolder(extension);
  return observed;
}

const toldOf = ({ engine, told }: Observation): Repeat | 'error' =>
  typeof told === 'string' ? 'error' : repeatOf({ engine, ...told });
/** Such as `no 58, suspected 2`. */
const counted = (those: readonly Observation[]): string =>
  (['no', 'suspected', 'untold', 'error'] as const)
    .map((kind) => ({ kind, count: those.filter((each) => toldOf(each) === kind).length }))
    .flatMap(({ kind, count }) => (count > 0 ? [`${kind} ${count}`] : []))
    .join(', ');

const all: Observation[] = [];
for (const driver of drivers) {
  for (const protocol of ['http/1.1', 'h2'] as const) {
    const observed = await observe(driver, protocol);
    all.push(...observed);
    console.log(`\n${driver.name} over ${protocol}`);
    for (const situation of new Set(observed.map((each) => each.situation))) {
      if (situation === 'cut') continue;
      const those = observed.filter((each) => each.situation === situation);
      console.log(`  ${situation}: ${counted(those)}`);
    }
    for (const cut of cuts) {
      const those = observed.filter((each) => each.cut === cut);
      const repeated = those.filter(({ attempts }) => attempts > 1);
      if (those.length === 0) continue;
      console.log(`  ${cut}: repeated ${repeated.length} of ${those.length}, told as ${counted(repeated)}`);
    }
  }
}
if (process.env.OUT) writeFileSync(process.env.OUT, all.map((each) => JSON.stringify(each)).join('\n'));
process.exit(0);
