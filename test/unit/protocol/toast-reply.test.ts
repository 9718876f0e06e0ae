import { expect, it } from 'vitest';
import { readToastReply } from '../../../src/protocol/toast-reply.ts';

const tag = { name: 'physics', color: 'blue', isNew: false };
const offer = { name: 'physics', color: null, isNew: true, line: '#physics ', caret: 9 };

it.each([
  ['toast-complete-tags', [tag]],
  ['toast-complete-tags', []],
  ['toast-complete-line', { offers: [offer, { ...offer, color: 'red' }], likeliest: -1 }],
  ['toast-find-databases', [{ id: 'd', label: 'Reading list' }]],
  ['toast-change', { ok: true }],
  ['toast-undo', { ok: false, title: 'Offline', body: 'Try again' }],
] as const)('an answer to %s comes as it is', (type, reply) => {
  expect(readToastReply(type, reply)).toEqual(reply);
});

it.each([
  ['toast-complete-tags', [tag, { name: 'maths' }]],
  ['toast-complete-tags', { ok: false, title: 'Offline', body: 'Try again' }],
  ['toast-complete-line', { offers: [{ ...offer, caret: '9' }], likeliest: 0 }],
  ['toast-complete-line', { offers: [offer] }],
  ['toast-find-databases', [null]],
  ['toast-change', { ok: 'true' }],
  ['toast-undo', { ok: false, title: 7, body: 'Try again' }],
  ['toast-open', undefined],
] as const)('what is no answer to %s is none: %j', (type, reply) => {
  expect(readToastReply(type, reply)).toBeUndefined();
});
