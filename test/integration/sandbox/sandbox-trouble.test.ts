/** What can go wrong while blocks are written, and what somebody does to a page meanwhile. */
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/node.ts';
import {
  type ApiReply,
  type Bench,
  createBench,
  type Json,
  readReply,
  results,
  saveRow,
} from './api-calls.ts';

const rowIn = (bench: Bench): string => bench.control.dataSource('Reading list').rows[0]?.id ?? '';
const append = (bench: Bench, children: unknown, more: Json = {}) =>
  bench.call('PATCH', `/v1/blocks/${rowIn(bench)}/children`, { children, ...more });
const idsOf = (reply: ApiReply): string[] => results(reply).map(({ id }) => String(id));

const text = (content: string) => [{ text: { content } }];
const paragraph = (content: string, children?: unknown[]) => ({
  paragraph: { rich_text: text(content), ...(children ? { children } : {}) },
});
const nested = [paragraph('1', [paragraph('2', [paragraph('3')])])];
/** As `nested` is told. */
const one = { text: '1', children: [{ text: '2', children: [{ text: '3', children: [] }] }] };
const content = (bench: Bench) => bench.control.content(rowIn(bench));
const appending = { method: 'PATCH', path: '/v1/blocks/*/children' };

describe('a nested append', () => {
  test('whose reply is lost is there whole', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'drop_after', ...appending, times: 1 });
    expect((await append(bench, nested)).status).toBe(444);
    expect(content(bench)).toMatchObject([one]);
  });

  test('that is lost on its way leaves nothing', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'drop_before', ...appending, times: 1 });
    expect((await append(bench, nested)).status).toBe(444);
    expect(content(bench)).toEqual([]);
  });

  test('that is sent twice is there twice', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'drop_after', ...appending, times: 1 });
    await append(bench, nested);
    const ids = idsOf(await append(bench, nested));
    expect(content(bench)).toMatchObject([one, one]);
    expect(
      content(bench)
        .map(({ id }) => id)
        .slice(1),
    ).toEqual(ids);
  });

  test('that is refused for want of blocks leaves nothing, and what makes none is not refused', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'block_limit', ...appending });
    const reply = await append(bench, nested);
    expect([reply.status, reply.body.code, reply.body.additional_data]).toEqual([
      403,
      'restricted_resource',
      { block_limit: 'block_creation' },
    ]);
    expect(content(bench)).toEqual([]);
    expect((await bench.call('PATCH', `/v1/pages/${rowIn(bench)}`, {})).status).toBe(200);
  });

  test('that was done before a 503 is named, in the order of the request', async () => {
    const bench = createBench();
    const saved = { kind: 'service_unavailable_saved', ...appending, times: 1 } as const;
    bench.control.addFault(saved);
    const named = await append(bench, [...nested, paragraph('second')]);
    expect(named.status).toBe(503);
    expect(named.body.additional_data).toMatchObject({
      committed_resource_id: rowIn(bench),
      committed_child_ids: content(bench).map(({ id }) => id),
    });
    expect(content(bench)).toMatchObject([one, { text: 'second' }]);
    bench.control.addFault({ ...saved, namesWritten: false });
    const { additional_data } = (await append(bench, nested)).body;
    expect(additional_data).not.toHaveProperty('committed_child_ids');
    expect(additional_data).not.toHaveProperty('committed_resource_id');
  });

  test.each([
    'body failed validation: body.children[1].image.external.url should be a valid URL.',
    'Invalid image url.',
  ])('of the part that a fault picks is refused in the words given: %s', async (message) => {
    const bench = createBench();
    bench.control.addFault({ kind: 'validation_error', ...appending, bodyHas: 'second', message });
    expect((await append(bench, [paragraph('first')])).status).toBe(200);
    const { status, body } = await append(bench, [paragraph('second'), ...nested]);
    expect([status, body.code, body.message]).toEqual([400, 'validation_error', message]);
    expect(content(bench)).toMatchObject([{ text: 'first' }]);
  });
});

describe('a request that lands late', () => {
  test('is there once the test says so, and not before', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'drop_late', ...appending, times: 1 });
    expect((await append(bench, nested)).status).toBe(444);
    bench.pass(3_600_000);
    expect(results(await bench.call('GET', `/v1/blocks/${rowIn(bench)}/children`))).toEqual([]);
    expect(await bench.control.landLate()).toBe(1);
    expect(content(bench)).toMatchObject([one]);
    expect(await bench.control.landLate()).toBe(0);
    // It was one request, however late.
    const sent = bench.control.requests().filter(({ method }) => method === 'PATCH');
    expect(sent).toMatchObject([{ status: null, fault: 'drop_late', botId: bench.botId }]);
  });

  test('or after its time, before the request that comes next', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'drop_late', lateMs: 40_000, ...appending, times: 1 });
    await append(bench, nested);
    const seen = async () => results(await bench.call('GET', `/v1/blocks/${rowIn(bench)}/children`)).length;
    bench.pass(39_999);
    expect(await seen()).toBe(0);
    bench.pass(1);
    expect([await seen(), await seen()]).toEqual([1, 1]);
  });

  test('lands behind what was sent after it, and is judged by what is there then', async () => {
    const bench = createBench();
    const [first = ''] = idsOf(await append(bench, [paragraph('0')]));
    bench.control.addFault({ kind: 'drop_late', ...appending, times: 2 });
    await append(bench, nested);
    await append(bench, [paragraph('x')], { position: { type: 'after_block', after_block: { id: first } } });
    await append(bench, [paragraph('sent again')]);
    bench.control.removeBlock(rowIn(bench), first);
    await bench.control.landLate();
    expect(content(bench)).toMatchObject([{ text: 'sent again' }, one]);
  });

  test('makes a row too', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'drop_late', method: 'POST', path: '/v1/pages', times: 1 });
    const rows = () => bench.control.dataSource('Reading list').rows;
    const before = rows().length;
    await saveRow(bench, 'Reading list', {}, { children: nested });
    expect(rows()).toHaveLength(before);
    await bench.control.landLate();
    expect(rows().at(-1)?.content).toMatchObject([one]);
  });

  test('is forgotten by a reset', async () => {
    const bench = createBench();
    bench.control.addFault({ kind: 'drop_late', ...appending, times: 1 });
    await append(bench, nested);
    bench.control.reset();
    expect(await bench.control.landLate()).toBe(0);
  });

  test('has its connection cut at once, over a real one', async () => {
    const { origin, sandbox, close } = await startSandbox();
    try {
      const { accessToken } = sandbox.control.mint();
      const page = sandbox.control.dataSource('Reading list').rows[0]?.id ?? '';
      sandbox.control.addFault({ kind: 'drop_late', times: 1 });
      const request = fetch(`${origin}/v1/blocks/${page}/children`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'notion-version': '2026-03-11',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ children: nested }),
      });
      await expect(request).rejects.toThrow('fetch failed');
      expect(sandbox.control.content(page)).toEqual([]);
      await sandbox.control.landLate();
      expect(sandbox.control.content(page)).toMatchObject([one]);
    } finally {
      await close();
    }
  });
});

describe('somebody', () => {
  test('writes at the end, in the middle and below a block', async () => {
    const bench = createBench();
    const [first = ''] = idsOf(await append(bench, [paragraph('1', [paragraph('in')]), paragraph('2')]));
    bench.control.write(rowIn(bench), 'end');
    bench.control.write(rowIn(bench), 'middle', 1);
    bench.control.write(first, 'below', 0);
    expect(content(bench)).toMatchObject([
      { text: '1', children: [{ text: 'below' }, { text: 'in' }] },
      { text: 'middle' },
      { text: '2' },
      { text: 'end' },
    ]);
    const listed = await bench.call('GET', `/v1/blocks/${rowIn(bench)}/children`);
    expect(results(listed)[1]).toMatchObject({
      paragraph: { color: 'default', icon: null, rich_text: [{ plain_text: 'middle' }] },
    });
    expect(results(listed)[1]?.created_by).not.toEqual(results(listed)[0]?.created_by);
  });

  test('counts places without what is in the trash', async () => {
    const bench = createBench();
    const [first = ''] = idsOf(await append(bench, [paragraph('gone'), paragraph('1'), paragraph('2')]));
    bench.control.removeBlock(rowIn(bench), first);
    bench.control.write(rowIn(bench), 'between', 1);
    expect(content(bench).map((block) => block.text)).toEqual(['1', 'between', '2']);
    bench.control.trash(first, false);
    expect(content(bench).map((block) => block.text)).toEqual(['gone', '1', 'between', '2']);
  });

  test('takes away, changes and moves blocks at any depth', async () => {
    const bench = createBench();
    const [first = '', second = ''] = idsOf(await append(bench, [...nested, paragraph('4')]));
    const inner = content(bench)[0]?.children[0]?.id ?? '';
    bench.control.editBlock(inner, 'changed');
    expect(content(bench)[0]?.children).toMatchObject([
      { id: inner, text: 'changed', children: [{ text: '3' }] },
    ]);
    bench.control.moveBlock(second, inner, 0);
    expect(content(bench)).toMatchObject([
      { id: first, children: [{ children: [{ text: '4' }, { text: '3' }] }] },
    ]);
    bench.control.moveBlock(inner, rowIn(bench), 0);
    expect(content(bench)).toMatchObject([
      { id: inner, children: [{ text: '4' }, { text: '3' }] },
      { id: first, children: [] },
    ]);
    bench.control.removeBlock(rowIn(bench), second);
    expect(content(bench)[0]?.children).toMatchObject([{ text: '3' }]);
    expect(() => bench.control.moveBlock(inner, inner)).toThrow(`is in block ${inner}`);
    expect(() => bench.control.removeBlock(second, inner)).toThrow('There is no block');
  });

  test('does so over HTTP as well', async () => {
    const bench = createBench();
    const [first = ''] = idsOf(await append(bench, nested));
    const control = async (method: string, path: string, body?: Json) =>
      readReply(
        await bench.app.request(`/_sandbox/api${path}`, {
          method,
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
    const inner = content(bench)[0]?.children[0]?.id ?? '';
    expect((await control('POST', '/edit-block', { blockId: first, text: 'new' })).status).toBe(200);
    expect((await control('POST', '/move-block', { blockId: inner, to: rowIn(bench) })).status).toBe(200);
    expect((await control('POST', '/write', { pageId: rowIn(bench), text: 'typed', at: 0 })).status).toBe(
      200,
    );
    const told = await control('GET', `/content/${rowIn(bench)}`);
    expect(told.body).toMatchObject([
      { text: 'typed' },
      { text: 'new' },
      { text: '2', children: [{ text: '3' }] },
    ]);
    expect((await control('GET', '/content/nothing')).status).toBe(404);
    await control('POST', '/faults', { kind: 'drop_late', lateMs: 5, times: 1, ...appending });
    await append(bench, [paragraph('late')]);
    expect((await control('POST', '/land-late')).body).toEqual({ landed: 1 });
    const settings = {
      goneAnchor: 404,
      templateLagMs: null,
      templateLands: 'instead',
      maxFileBytes: 1,
      importLagMs: 0,
    };
    expect((await control('PATCH', '/settings', settings)).body).toMatchObject(settings);
    await saveRow(bench, 'Reading list', {}, { template: { type: 'default' } });
    expect((await control('POST', '/land-templates')).body).toEqual({ landed: 1 });
    expect((await control('PATCH', '/settings', { goneAnchor: 403 })).status).toBe(400);
  });
});
