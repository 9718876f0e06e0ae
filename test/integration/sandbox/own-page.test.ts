/** The page of the sandbox: what it shows and how it stays current. */
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { createBench, saveRow, title } from './api-calls.ts';

const documentOf = (markup: string) => parseHTML(markup).document;

test('shows tables with values as a person writes them, newest first', async () => {
  const bench = createBench();
  await saveRow(bench, 'Reading list', {
    Name: title('<b>Bold</b> claims'),
    URL: { url: 'https://www.example.org/claims/' },
    Tags: { multi_select: [{ name: 'physics' }] },
  });
  const document = documentOf(await (await bench.app.request('/')).text());
  const [table] = document.querySelectorAll('table');
  const cells = [...(table?.querySelectorAll('tbody tr:first-child > *') ?? [])].map((cell) =>
    cell.textContent?.trim(),
  );
  expect(cells.slice(0, 4)).toEqual(['<b>Bold</b> claims', 'example.org/claims', 'physics', 'To read']);
  expect(table?.querySelector('tbody .pill')?.getAttribute('style')).toContain('var(--blue)');
  expect(table?.querySelectorAll('tbody tr')).toHaveLength(4);
  const workspaces = [...document.querySelectorAll('main > .workspace')].map((section) => [
    section.getAttribute('aria-label'),
    ...[...section.querySelectorAll('h2')].map((each) => each.textContent?.trim()),
  ]);
  expect(workspaces).toEqual([
    ["Maxwell's Workspace", '📚 Reading list', '🍲 Recipes', '📇 Contacts', 'Pages'],
    ['The Analytical Society', '🔭 Instruments', '✉️ Correspondence', 'Pages'],
  ]);
});

test('only web addresses become links', async () => {
  const bench = createBench();
  await saveRow(bench, 'Reading list', { URL: { url: 'javascript:alert(1)' } });
  const markup = await (await bench.app.request('/')).text();
  expect(markup).toContain('javascript:alert(1)');
  expect(markup).not.toContain('href="javascript:');
});

test('shows the trash, faults, connections and requests', async () => {
  const bench = createBench();
  const { body } = await saveRow(bench, 'Reading list', { Name: title('Gone') });
  await bench.call('PATCH', `/v1/pages/${String(body.id)}`, { in_trash: true });
  bench.control.addFault({ kind: 'drop_after', path: '/v1/pages', method: 'POST', times: 2 });
  const parts = (await (await bench.app.request('/_sandbox/parts')).json()) as Record<string, string>;
  const textOf = (id: string) =>
    documentOf(`<html><body>${parts[id]}</body></html>`).body.textContent.replaceAll(/\s+/g, ' ');
  expect(textOf('tables')).toContain('3 rows · in trash: Gone Restore');
  expect(textOf('faults')).toContain('Connection lost after handling Saving a page · 2 left');
  expect(textOf('connections')).toContain('Rowmark active');
  expect(textOf('requests')).toMatch(/PATCH .*200.*POST .*200/);
});

test('tells of every change, also of one that came before it was watched', async () => {
  const bench = createBench();
  const response = await bench.app.request('/_sandbox/events');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('data: changed\n\n');
  bench.control.addRow('Recipes', { Gericht: 'Maultaschen' });
  expect((await reader?.read())?.value).toBe('data: changed\n\n');
  await reader?.cancel();
});

test('shows a row where its link leads', async () => {
  const bench = createBench();
  const row = bench.control.dataSource('Reading list').rows[0];
  const { pathname } = new URL(row?.url ?? '');
  const document = documentOf(await (await bench.app.request(pathname)).text());
  expect(document.querySelector('h1')?.textContent).toContain('On physical lines of force');
  expect(document.querySelector('dl')?.textContent).toContain('example.org/maxwell/lines-of-force');
  expect((await bench.app.request('/p/nothing')).status).toBe(302);
});
