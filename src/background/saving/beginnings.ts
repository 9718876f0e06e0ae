/**
 * What the last saves began with, for the preset that may be chosen on their toast: by then the tab may show another page.
 * It lies in `storage.session`, as the background may die in between.
 */
import * as z from 'zod/mini';
import { Begun, NOTHING_BEGUN } from '../../core/capture/begun.ts';
import type { Ports } from '../../ports.ts';
import { createSerial } from '../store/serial.ts';

const KEY = 'begun';
/** So many saves are remembered. */
const MOST = 20;

const Stored = z.record(z.string(), z.unknown());

export type Beginnings = ReturnType<typeof createBeginnings>;

export function createBeginnings({ session }: Pick<Ports, 'session'>) {
  const inTurn = createSerial();

  async function read(): Promise<Record<string, unknown>> {
    const { success, data } = z.safeParse(Stored, (await session.get([KEY]))[KEY]);
    return success ? data : {};
  }

  return {
    /** That it could not be remembered does not keep anything from being saved. */
    remember: (saveId: string, begun: Begun): Promise<void> =>
      inTurn(async () => {
        const { [saveId]: _, ...others } = await read();
        const latest = Object.entries(others).slice(1 - MOST);
        await session.set({ [KEY]: Object.fromEntries([...latest, [saveId, begun]]) });
      }).catch(() => undefined),

    of: (saveId: string): Promise<Begun> =>
      inTurn(async () => {
        const { success, data } = z.safeParse(Begun, (await read())[saveId]);
        return success ? data : NOTHING_BEGUN;
      }).catch(() => NOTHING_BEGUN),
  };
}
