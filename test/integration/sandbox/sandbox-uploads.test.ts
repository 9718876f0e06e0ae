/** Files that a connection brings: made, sent or fetched, shown by blocks, lapsed, refused. */
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { schemasOf } from '../../../src/sandbox/contract/generate.ts';
import { type ApiReply, type Bench, createBench, type Json, readReply, results } from './api-calls.ts';

const HOUR = 3_600_000;
const rowIn = (bench: Bench): string => bench.control.dataSource('Reading list').rows[0]?.id ?? '';
const create = (bench: Bench, body: Json = {}) => bench.call('POST', '/v1/file_uploads', body);
const read = (bench: Bench, id: string) => bench.call('GET', `/v1/file_uploads/${id}`);

async function send(bench: Bench, id: string, file: File | null, token = bench.token): Promise<ApiReply> {
  const body = new FormData();
  if (file) body.set('file', file);
  const headers = { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11' };
  return readReply(await bench.app.request(`/v1/file_uploads/${id}/send`, { method: 'POST', headers, body }));
}

/** Bytes that are no text. */
const picture = (size = 300, name = 'a.png', type = 'image/png') =>
  new File([Uint8Array.from({ length: size }, (_, index) => index % 256)], name, { type });

/** An upload that is there, and its id. */
async function uploaded(bench: Bench, file = picture()): Promise<string> {
  const { body } = await create(bench);
  expect((await send(bench, String(body.id), file)).body.status).toBe('uploaded');
  return String(body.id);
}

const show = (bench: Bench, id: string, type = 'image') =>
  bench.call('PATCH', `/v1/blocks/${rowIn(bench)}/children`, {
    children: [{ [type]: { file_upload: { id } } }],
  });

test('is made, sent and read, with what the SDK has of it', async () => {
  const schemas = schemasOf(['FileUploadObjectResponse', 'ListFileUploadsResponse'], true);
  const expectType = (type: string, value: unknown) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    const validate = ajv.compile({ $ref: `#/definitions/${type}`, definitions: schemas.definitions });
    validate(value);
    expect((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)).toEqual([]);
  };
  const bench = createBench();
  const made = await create(bench, { filename: 'a.png' });
  const id = String(made.body.id);
  expect(made.body).toMatchObject({
    object: 'file_upload',
    status: 'pending',
    filename: 'a.png',
    content_type: 'image/png',
    content_length: null,
    upload_url: `https://api.notion.com/v1/file_uploads/${id}/send`,
    expiry_time: '2026-11-21T10:30:00.000Z',
  });
  const sent = await send(bench, id, picture(300));
  expect(sent.body).toMatchObject({ status: 'uploaded', content_length: 300 });
  expect(sent.body).not.toHaveProperty('upload_url');
  const old = { 'notion-version': '2025-09-03' };
  expectType(
    'FileUploadObjectResponse',
    (await bench.call('GET', `/v1/file_uploads/${id}`, undefined, old)).body,
  );
  const listed = await bench.call('GET', '/v1/file_uploads?status=uploaded', undefined, old);
  expectType('ListFileUploadsResponse', listed.body);
  expect(results(listed).map((each) => each.id)).toEqual([id]);
  expect(results(await bench.call('GET', '/v1/file_uploads?status=pending'))).toEqual([]);
  // The log keeps no bytes.
  expect(bench.control.requests().find(({ path }) => path.endsWith('/send'))?.body).toMatch(
    /^\(\d+ bytes\)$/,
  );
}, 60_000);

describe('is shown by', () => {
  test('a block, at an address that is signed anew and lasts an hour', async () => {
    const bench = createBench();
    const id = await uploaded(bench);
    const [block] = results(await show(bench, id));
    expect(block).toMatchObject({
      type: 'image',
      image: {
        type: 'file',
        caption: [],
        file: { url: expect.stringContaining('/a.png?X-Amz-'), expiry_time: '2026-11-21T10:30:42.500Z' },
      },
    });
    expect(block?.image).not.toHaveProperty('file_upload');
    bench.pass(30 * 60_000);
    const again = await bench.call('GET', `/v1/blocks/${String(block?.id)}`);
    expect((again.body.image as { file: Json }).file.expiry_time).toBe('2026-11-21T11:00:42.500Z');
    expect(bench.control.content(rowIn(bench))).toMatchObject([
      { type: 'image', url: expect.stringMatching(/\/a\.png$/) },
    ]);
    expect(bench.control.fileUploads()).toEqual([
      { id, filename: 'a.png', contentType: 'image/png', length: 300, status: 'uploaded', isAttached: true },
    ]);
  });

  test('several blocks, and lasts from the first on', async () => {
    const bench = createBench();
    const id = await uploaded(bench);
    await show(bench, id);
    bench.pass(10 * HOUR);
    expect((await read(bench, id)).body).toMatchObject({ status: 'uploaded', expiry_time: null });
    expect((await show(bench, id)).status).toBe(200);
  });

  test('a new page', async () => {
    const bench = createBench();
    const id = await uploaded(bench);
    const children = [{ toggle: { rich_text: [], children: [{ image: { file_upload: { id } } }] } }];
    const made = await bench.call('POST', '/v1/pages', { children });
    expect(made.status).toBe(200);
    expect(bench.control.fileUploads()).toMatchObject([{ isAttached: true }]);
  });

  test('a block that showed a linked picture before, which keeps its caption', async () => {
    const bench = createBench();
    const caption = [{ text: { content: 'As it was' } }];
    const image = { external: { url: 'https://a.example/a.png' }, caption };
    const path = `/v1/blocks/${rowIn(bench)}/children`;
    const [block] = results(await bench.call('PATCH', path, { children: [{ image }] }));
    const id = await uploaded(bench);
    const { body } = await bench.call('PATCH', `/v1/blocks/${String(block?.id)}`, {
      image: { file_upload: { id } },
    });
    expect(body.image).toMatchObject({ type: 'file', caption: [{ plain_text: 'As it was' }] });
    expect(body.image).not.toHaveProperty('external');
    expect(bench.control.fileUploads()).toMatchObject([{ isAttached: true }]);
  });

  test.each([
    ['video', picture(9, 'a.mp4', 'video/mp4')],
    ['audio', picture(9, 'a.mp3', 'audio/mpeg')],
    ['pdf', picture(9, 'a.pdf', 'application/pdf')],
    ['file', picture(9, 'a.txt', 'text/plain')],
  ])('a block of type %s, where it fits', async (type, file) => {
    const bench = createBench();
    const id = await uploaded(bench, file);
    const [block] = results(await show(bench, id, type));
    expect(block?.[type]).toMatchObject({ type: 'file' });
    expect((await show(bench, id, type === 'file' ? 'image' : 'file')).status).toBe(
      type === 'file' ? 400 : 200,
    );
    expect((await show(bench, id, 'image')).status).toBe(400);
  });
});

describe('is not shown', () => {
  test('before it is there, nor once it has lapsed, to the millisecond', async () => {
    const bench = createBench();
    const { body } = await create(bench);
    const early = await show(bench, String(body.id));
    expect([early.status, early.body.message]).toEqual([400, expect.stringContaining('`pending`')]);
    const id = await uploaded(bench);
    bench.pass(HOUR - 1);
    expect((await read(bench, id)).body.status).toBe('uploaded');
    bench.pass(1);
    expect((await read(bench, id)).body.status).toBe('expired');
    const late = await show(bench, id);
    expect([late.status, late.body.message]).toEqual([400, expect.stringContaining('`expired`')]);
    expect((await send(bench, String(body.id), picture())).status).toBe(400);
    expect(bench.control.content(rowIn(bench))).toEqual([]);
  });

  test('for a request that is refused for something else: it lapses as if nothing had been', async () => {
    const bench = createBench();
    const id = await uploaded(bench);
    const children = [{ image: { file_upload: { id } } }, { embed: { url: 'https://a.example/' } }];
    expect((await bench.call('PATCH', `/v1/blocks/${rowIn(bench)}/children`, { children })).status).toBe(400);
    expect(bench.control.fileUploads()).toMatchObject([{ isAttached: false }]);
    bench.pass(HOUR);
    expect((await read(bench, id)).body.status).toBe('expired');
  });

  test('to another bot', async () => {
    const bench = createBench();
    const id = await uploaded(bench);
    const other = bench.control.mint();
    const headers = { authorization: `Bearer ${other.accessToken}` };
    expect((await bench.call('GET', `/v1/file_uploads/${id}`, undefined, headers)).body.code).toBe(
      'object_not_found',
    );
    const children = [{ image: { file_upload: { id } } }];
    const reply = await bench.call('PATCH', `/v1/blocks/${rowIn(bench)}/children`, { children }, headers);
    expect(reply.status).toBe(404);
    expect(results(await bench.call('GET', '/v1/file_uploads', undefined, headers))).toEqual([]);
    const { body } = await create(bench);
    expect((await send(bench, String(body.id), picture(), other.accessToken)).status).toBe(404);
  });
});

describe('is refused when', () => {
  test.each<[string, Json]>([
    ['its name is of no listed type', { filename: 'a.avif' }],
    ['its type is not listed', { content_type: 'image/avif' }],
    ['name and type do not agree', { filename: 'a.png', content_type: 'image/jpeg' }],
    ['a name without an ending has no type beside it', { filename: 'picture' }],
    ['its name is over 900 bytes', { filename: `${'水'.repeat(300)}.png` }],
    [
      'it is to come in parts, which the sandbox does not do',
      { mode: 'multi_part', filename: 'a.mp4', number_of_parts: 2 },
    ],
    ['its mode is none', { mode: 'stream' }],
    ['it is to be fetched from nowhere', { mode: 'external_url' }],
    ['it is to be fetched in the clear', { mode: 'external_url', external_url: 'http://a.example/a.png' }],
    [
      'it is to be fetched from the own network',
      { mode: 'external_url', external_url: 'https://192.168.0.1/a.png' },
    ],
    [
      'nobody tells the type of what is to be fetched',
      { mode: 'external_url', external_url: 'https://a.example/picture' },
    ],
  ])('%s', async (_, body) => {
    const bench = createBench();
    const reply = await create(bench, body);
    expect([reply.status, reply.body.code]).toEqual([400, 'validation_error']);
    expect(bench.control.fileUploads()).toEqual([]);
  });

  test('it is too large: 5 MiB on the Free plan, as the bot says of itself, and 20 MiB in one part', async () => {
    const bench = createBench();
    const limit = 5 * 1024 * 1024;
    const me = await bench.call('GET', '/v1/users/me');
    expect(me.body.bot).toMatchObject({ workspace_limits: { max_file_upload_size_in_bytes: limit } });
    const id = String((await create(bench)).body.id);
    expect((await send(bench, id, picture(limit + 1))).status).toBe(400);
    expect((await read(bench, id)).body.status).toBe('pending');
    expect((await send(bench, id, picture(limit))).body).toMatchObject({
      status: 'uploaded',
      content_length: limit,
    });
    bench.control.changeSettings({ maxFileBytes: 100 * limit });
    const paid = String((await create(bench)).body.id);
    expect((await send(bench, paid, picture(4 * limit + 1))).status).toBe(400);
    expect((await send(bench, paid, picture(4 * limit))).status).toBe(200);
  });

  test('what is sent is not what was declared, or nothing, or sent twice', async () => {
    const bench = createBench();
    const id = String((await create(bench, { filename: 'a.png', content_type: 'image/png' })).body.id);
    expect((await send(bench, id, picture(9, 'a.jpg', 'image/jpeg'))).status).toBe(400);
    expect((await send(bench, id, picture(9, 'b.avif', 'image/avif'))).status).toBe(400);
    expect((await send(bench, id, null)).body.message).toContain('body.file should be defined');
    expect((await bench.call('POST', `/v1/file_uploads/${id}/send`, { file: 'x' })).body.message).toContain(
      'multipart/form-data',
    );
    expect((await send(bench, id, picture())).status).toBe(200);
    expect((await send(bench, id, picture())).body.message).toContain('`uploaded`');
  });
});

describe('an address that Notion is to fetch', () => {
  const url = 'https://a.example/b/photo.jpg';
  const fetchIt = (bench: Bench, body: Json = {}) =>
    create(bench, { mode: 'external_url', external_url: url, ...body });

  test('is there after a while, and can be shown then', async () => {
    const bench = createBench();
    const made = await fetchIt(bench);
    expect(made.body).toMatchObject({
      status: 'pending',
      filename: 'photo.jpg',
      content_type: 'image/jpeg',
      content_length: null,
    });
    expect(made.body).not.toHaveProperty('upload_url');
    const id = String(made.body.id);
    expect((await show(bench, id)).status).toBe(400);
    bench.pass(2_000);
    expect((await read(bench, id)).body).toMatchObject({
      status: 'uploaded',
      file_import_result: { type: 'success' },
    });
    expect((await show(bench, id)).status).toBe(200);
  });

  test('is refused at once for what its server says first', async () => {
    const bench = createBench();
    bench.control.hostFile(url, { contentType: null });
    expect((await fetchIt(bench)).body.message).toContain('Content-Type');
    bench.control.hostFile(url, { contentType: 'image/avif' });
    expect((await fetchIt(bench)).body.message).toContain('not supported');
    bench.control.hostFile(url, { length: 5 * 1024 * 1024 + 1, contentType: 'image/jpeg' });
    expect((await fetchIt(bench)).body.message).toContain('more than the limit');
    bench.control.hostFile(url, { contentType: 'image/png' });
    expect((await fetchIt(bench, { content_type: 'image/jpeg' })).status).toBe(400);
  });

  test('fails later, is told so, and cannot be shown', async () => {
    const bench = createBench();
    bench.control.hostFile(url, { contentType: 'image/jpeg', failure: 'forbidden' });
    const id = String((await fetchIt(bench)).body.id);
    expect((await read(bench, id)).body.status).toBe('pending');
    bench.pass(2_000);
    expect((await read(bench, id)).body).toMatchObject({
      status: 'failed',
      content_length: null,
      file_import_result: { type: 'error', error: { type: 'download_error', code: 'forbidden' } },
    });
    const reply = await show(bench, id);
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining('`failed`')]);
  });
});

test('a file whose reply is lost is there all the same, and its status tells', async () => {
  const bench = createBench();
  const id = String((await create(bench)).body.id);
  bench.control.addFault({ kind: 'drop_after', path: '/v1/file_uploads/*', method: 'POST', times: 1 });
  expect((await send(bench, id, picture())).status).toBe(444);
  expect((await read(bench, id)).body).toMatchObject({ status: 'uploaded', content_length: 300 });
  const other = String((await create(bench)).body.id);
  for (const kind of ['drop_before', 'drop_late'] as const) {
    bench.control.addFault({ kind, path: '/v1/file_uploads/*', method: 'POST', times: 1 });
    expect((await send(bench, other, picture())).status).toBe(444);
    expect((await read(bench, other)).body.status).toBe('pending');
  }
  expect(await bench.control.landLate()).toBe(1);
  expect((await read(bench, other)).body).toMatchObject({ status: 'uploaded', content_length: 300 });
});
