import { describe, expect, it } from 'vitest';
import { createHandshakes } from '../../../src/platform/handshakes.ts';

const NOTION = 'https://api.notion.com';

function createStore(stored: Record<string, unknown> = {}) {
  return {
    stored,
    get: async (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, stored[key]])),
    set: async (items: Record<string, unknown>) => void Object.assign(stored, items),
  };
}

describe('how near a host is', () => {
  it('is not known before there was a connection to it', async () => {
    const handshakes = createHandshakes(createStore());
    handshakes.note('https://other.example', 5);
    expect(await handshakes.least(NOTION)).toBeUndefined();
  });

  it('is the least of the last four, so that another network counts at once when it is nearer', async () => {
    const handshakes = createHandshakes(createStore());
    for (const took of [40, 50, 60, 8]) handshakes.note(NOTION, took);
    expect(await handshakes.least(NOTION)).toBe(8);
    for (const took of [30, 31, 32]) handshakes.note(NOTION, took);
    expect(await handshakes.least(NOTION)).toBe(8);
    handshakes.note(NOTION, 33);
    expect(await handshakes.least(NOTION)).toBe(30);
  });

  it('is known to a background that has begun anew', async () => {
    const store = createStore();
    const before = createHandshakes(store);
    before.note(NOTION, 30);
    await before.least(NOTION);
    expect(await createHandshakes(store).least(NOTION)).toBe(30);
  });

  it.each([
    ['what is stored cannot be read', createStore({ handshakes: 'far' })],
    [
      'nothing can be stored',
      { get: () => Promise.reject(new Error()), set: () => Promise.reject(new Error()) },
    ],
  ])('is learned anew where %s', async (_, store) => {
    const handshakes = createHandshakes(store);
    expect(await handshakes.least(NOTION)).toBeUndefined();
    handshakes.note(NOTION, 30);
    expect(await handshakes.least(NOTION)).toBe(30);
  });
});
