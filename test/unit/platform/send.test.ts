/** What the background answers is read before anybody works with it. */
import { expect, it, vi } from 'vitest';
import { send } from '../../../src/platform/send.ts';

const sendMessage = vi.hoisted(() => vi.fn<(message: unknown) => Promise<unknown>>());
vi.mock('webextension-polyfill', () => ({ default: { runtime: { sendMessage } } }));

it.each([
  ['keep', { ok: true, value: null }],
  ['keep', { ok: true }],
  ['keep', { ok: true, value: { saveId: 7 } }],
  ['keep', { ok: false }],
  ['keep', true],
  ['find-saved', { ok: true, value: { kind: 'row', row: { id: 'r' } } }],
  ['list-people', { ok: true, value: { found: [{ id: 'p' }], isWhole: true } }],
  ['name-page', { ok: true, value: {} }],
  ['index-bytes', { ok: true, value: 'many' }],
  ['undo', { ok: true, value: 'something' }],
])('what is no answer to %s is told as a failure: %j', async (type, reply) => {
  sendMessage.mockResolvedValue(reply);
  expect(await send({ type } as never)).toMatchObject({ ok: false, failure: { code: 'unexpected' } });
});

it('an answer and a failure come as they are, without what this version does not know', async () => {
  sendMessage.mockResolvedValueOnce({ ok: true, value: { saveId: 's', further: 1 }, further: 1 });
  expect(await send({ type: 'hold', saveId: 's' })).toMatchObject({ ok: false });
  sendMessage.mockResolvedValueOnce({ ok: true, value: { saveId: 's', further: 1 }, further: 1 });
  expect(await send({ type: 'save-anew', saveId: 's' })).toEqual({ ok: true, value: { saveId: 's' } });
  sendMessage.mockResolvedValueOnce({ ok: false, failure: { code: 'rate-limited', retryAfter: 3 } });
  expect(await send({ type: 'index-bytes' })).toEqual({
    ok: false,
    failure: { code: 'rate-limited', retryAfter: 3 },
  });
});

it('a message without an answer is sent again, and does not reject in the end', async () => {
  sendMessage.mockReset();
  sendMessage.mockRejectedValueOnce(new Error('no receiver')).mockResolvedValueOnce(undefined);
  sendMessage.mockResolvedValueOnce({ ok: true, value: null });
  expect(await send({ type: 'came-online' })).toEqual({ ok: true, value: null });
  sendMessage.mockRejectedValue(new Error('no receiver'));
  expect(await send({ type: 'came-online' })).toMatchObject({ ok: false, failure: { code: 'unexpected' } });
  expect(sendMessage).toHaveBeenCalledTimes(6);
});
