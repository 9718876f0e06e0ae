import type { Random } from '../ports.ts';

export const random: Random = {
  uuid: () => crypto.randomUUID(),
  secret: () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, ''),
  fraction: () => Math.random(),
};
