/** The sandbox's own page. */
import { html, raw } from 'hono/html';
import type { Control } from '../control/control.ts';
import type { World } from '../state.ts';
import type { Markup } from './cells.ts';
import { script } from './home-script.ts';
import { style } from './home-style.ts';
import { connectionList, faultList, forms, requestList } from './side.ts';
import { tables } from './tables.ts';
import { theme } from './theme.ts';

/** The parts that change, by the id of the element they fill. */
export async function liveParts(world: World, control: Control): Promise<Record<string, string>> {
  const parts: Record<string, Markup> = {
    tables: tables(world),
    faults: faultList(control.faults()),
    connections: connectionList(world),
    requests: requestList(control),
  };
  const entries = Object.entries(parts).map(async ([id, markup]) => [id, String(await markup)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

export async function homePage(world: World, control: Control): Promise<Markup> {
  const parts = await liveParts(world, control);
  // The forms come with empty places for the parts, so that the page is whole before its script runs.
  const side = Object.entries(parts).reduce(
    (text, [id, markup]) => text.replace(new RegExp(`(<div id="${id}"[^>]*>)`), (place) => place + markup),
    String(await forms(control)),
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rowmark sandbox</title><link rel="icon" href="/_sandbox/workspace.svg"><style>${raw(theme + style)}</style></head>
<body>
  <header class="top"><img src="/_sandbox/workspace.svg" alt="" width="26" height="26">
    <h1>Rowmark’s sandbox</h1><p>A stand-in for Notion on this computer. Nothing here reaches Notion.</p></header>
  <div class="columns">
    <main id="tables">${raw(parts.tables ?? '')}</main>
    <aside aria-label="Controls">${raw(side)}</aside>
  </div>
  <p id="news" role="status" class="unseen"></p>
  <script>${raw(script)}</script>
</body></html>`;
}
