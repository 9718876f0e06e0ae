/** Rowmark's sandbox: a local stand-in for Notion. Knows neither a process nor a socket; `node.ts` gives it both. */
import { Hono } from 'hono';
import { createApi } from './api.ts';
import { type Control, createControl } from './control/control.ts';
import { createControlRoutes } from './control/routes.ts';
import { createFaults } from './faults.ts';
import { createLateRequests } from './late-requests.ts';
import { createOAuth } from './oauth/routes.ts';
import { createPages } from './pages/routes.ts';
import { createRandom } from './random.ts';
import { createRateLimiter } from './rate-limit.ts';
import { createRequestLog } from './request-log.ts';
import { seed } from './seed.ts';
import { defaultSettings, emptyState, type Settings, type State, type World } from './state.ts';
import type { Instant } from './time.ts';
import { type SandboxBindings, troubled } from './trouble.ts';

export interface SandboxOptions {
  /** Milliseconds since 1970. Default: the computer's clock. */
  now?: () => Instant;
  /** Everything random comes from this text: the same seed gives the same ids, colours and extra fields. */
  seed?: string;
  /** Addresses the consent page may send the browser back to, compared exactly. */
  redirectUris?: readonly string[];
  settings?: Partial<Settings>;
  /** How the sandbox waits for slow answers. Default: a timer. */
  wait?: (ms: number) => Promise<void>;
}

export interface Sandbox {
  app: Hono<{ Bindings: SandboxBindings }>;
  control: Control;
}

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { redirectUris = [], wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = options;
  const watchers = new Set<() => void>();
  const random = createRandom(options.seed ?? 'rowmark');
  const world: World = {
    state: emptyState(),
    settings: { ...defaultSettings, ...options.settings },
    now: options.now ?? Date.now,
    random: random.fork('run'),
    changed: () => {
      for (const watcher of watchers) watcher();
    },
  };
  const faults = createFaults();
  const log = createRequestLog();
  const limiter = createRateLimiter();
  const fill = () => seed({ ...world, random }, redirectUris);
  fill();

  const api = createApi(world, limiter);
  const late = createLateRequests(world, (request) => api.fetch(request));
  const control = createControl({
    world,
    faults,
    log,
    limiter,
    late,
    reset() {
      for (const each of Object.values(world.state) as State[keyof State][]) each.clear();
      Object.assign(world.settings, defaultSettings, options.settings);
      faults.clear();
      log.clear();
      limiter.forget();
      late.forget();
      fill();
    },
  });

  const app = new Hono<{ Bindings: SandboxBindings }>();
  // On the sandbox's own clock, as everything else it says.
  app.use(async (context, next) => {
    await next();
    context.res.headers.set('date', new Date(world.now()).toUTCString());
  });
  app.use('/v1/*', troubled({ world, faults, log, late, wait }));
  app.route('/', createOAuth(world));
  app.route('/', api);
  app.route('/', createControlRoutes(control));
  app.route('/', createPages({ world, control, watchers }));
  return { app, control };
}

export { SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from './seed.ts';
