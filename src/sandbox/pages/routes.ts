/** The sandbox's own page: its tables, live, with the faults beside. */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Control } from '../control/control.ts';
import type { World } from '../state.ts';
import { homePage, liveParts } from './home.ts';
import { findByPath, rowPage } from './row.ts';
import { secondWorkspacePicture, workspacePicture } from './theme.ts';

export interface PagesParts {
  world: World;
  control: Control;
  /** Called whenever something changed. */
  watchers: Set<() => void>;
}

const keepOpenMs = 15_000;

export function createPages({ world, control, watchers }: PagesParts): Hono {
  const pages = new Hono();

  pages.get('/', async (context) => context.html(await homePage(world, control)));
  pages.get('/p/:slug', (context) => {
    const page = findByPath(world.state, context.req.param('slug'));
    return page ? context.html(rowPage(world, page)) : context.redirect('/');
  });
  pages.get('/_sandbox/parts', async (context) => context.json(await liveParts(world, control)));
  for (const [name, picture] of Object.entries({
    workspace: workspacePicture,
    'second-workspace': secondWorkspacePicture,
  })) {
    pages.get(`/_sandbox/${name}.svg`, (context) =>
      context.body(picture, 200, { 'content-type': 'image/svg+xml' }),
    );
  }

  pages.get('/_sandbox/events', (context) =>
    streamSSE(context, async (stream) => {
      // What happened before the stream was open counts as a change, and so does what happens while one is told.
      let isDirty = true;
      let wake = () => {};
      const watcher = () => {
        isDirty = true;
        wake();
      };
      watchers.add(watcher);
      stream.onAbort(() => {
        watchers.delete(watcher);
        wake();
      });
      while (!stream.aborted) {
        const message = isDirty ? 'data: changed\n\n' : ': still here\n\n';
        isDirty = false;
        await stream.write(message);
        if (!isDirty) {
          await pause(keepOpenMs, (wakeUp) => {
            wake = wakeUp;
          });
        }
      }
    }),
  );

  return pages;
}

/** Waits for the time given, or until the function handed to `onReady` is called. */
function pause(ms: number, onReady: (wakeUp: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    onReady(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
