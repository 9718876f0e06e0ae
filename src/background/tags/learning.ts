/**
 * Learning which options somebody chooses, and proposing them: of what they save, and of the rows that are kept on this device. It
 * never leaves the device, and is gone when the row is, when the workspace is disconnected, and when it is switched off.
 */
import type { Capture } from '../../core/capture/capture.ts';
import { type Option, tagsProperty } from '../../core/database/destination.ts';
import type { Save } from '../../core/save/record.ts';
import type { StoredRow } from '../../core/saved-rows/record.ts';
import { type Likelihoods, NO_LIKELIHOODS } from '../../core/tags/likelihoods.ts';
import type { Subject } from '../../core/tags/suggest/read.ts';
import { readLearned, toStored } from '../../core/tags/suggest/stored.ts';
import { Suggester, type Suggestion } from '../../core/tags/suggest/suggester.ts';
import { EMPTY_TAG_USAGE } from '../../core/tags/usage-record.ts';
import type { Ports } from '../../ports.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { Records } from '../store/records.ts';
import { createSerial } from '../store/serial.ts';

/** Rows that are learned of a database: of own saves alone, and where all rows are kept on this device. */
const OWN = 5_000;
const ALL = 100_000;

const HOUR = 3_600_000;

/** A save has this id until it has a row. */
const idOfSave = (saveId: string): string => `save:${saveId}`;

type Work = (suggester: Suggester, options: readonly Option[]) => void;

export type Learning = {
  /** The user has saved this: it is learned, and so is how good the proposals were. */
  kept(saveId: string, capture: Capture, destinationId: string): void;
  /** It has become a row, with what it holds now. */
  arrived(save: Save, rowId: string): void;
  /** A save is undone: its row, where it had one, is gone. */
  undone(save: Save): void;
  gone(destinationId: string, rowIds: readonly string[]): void;
  /** Rows as they are kept on this device. */
  rows(destinationId: string, put: readonly StoredRow[], removed: readonly string[]): void;
  /** Nothing of that database is left; null: of any. */
  erase(destinationId: string | null): Promise<void>;
  /** By which options are ordered while somebody types. */
  likelihoods(destinationId: string, page: Subject, chosen: readonly string[]): Promise<Likelihoods>;
  propose(destinationId: string, page: Subject, chosen: readonly string[]): Promise<Suggestion[]>;
  /** What earlier versions have noted of the use of tags is learned. */
  start(): Promise<void>;
  /** Settles when all that came is stored. */
  idle(): Promise<void>;
};

export function createLearning({
  learned: store,
  keepAwake,
  records,
}: Pick<Ports, 'learned' | 'keepAwake'> & { records: Records }): Learning {
  const inTurn = createSerial();
  /** What is to be done for each database, in its order. */
  const waiting = new Map<string, Work[]>();
  /** As it is stored, for as long as the memory is not needed for anything else. */
  const cached = new Map<string, WeakRef<Suggester>>();

  const isOn = async (): Promise<boolean> => (await records.get('settings'))?.proposesTags !== false;

  async function optionsOf(id: string): Promise<readonly Option[]> {
    const destination = await knownDestination(records, id);
    return (destination && tagsProperty(destination)?.options) ?? [];
  }

  async function load(id: string): Promise<Suggester> {
    const known = cached.get(id)?.deref();
    if (known) return known;
    const suggester = new Suggester(readLearned(await store.get(id)) ?? undefined);
    cached.set(id, new WeakRef(suggester));
    return suggester;
  }

  /** Nobody waits for it: what is lost of it when the background dies is little. */
  function change(id: string, work: Work): void {
    const others = waiting.get(id);
    if (others) {
      others.push(work);
      return;
    }
    waiting.set(id, [work]);
    const flushed = inTurn(() => flush(id)).catch((error) => {
      cached.delete(id);
      console.error('Rowmark could not learn of tags.', error);
    });
    void keepAwake(flushed);
  }

  async function flush(id: string): Promise<void> {
    const all = waiting.get(id) ?? [];
    waiting.delete(id);
    if (!(await isOn())) return;
    const [suggester, options] = [await load(id), await optionsOf(id)];
    for (const work of all) work(suggester, options);
    suggester.keepLatest((await records.get('rowIndexes'))?.[id]?.on ? ALL : OWN);
    await store.put(id, toStored(suggester.learned()));
  }

  async function asked<T>(
    id: string,
    none: T,
    ask: (suggester: Suggester, options: readonly Option[]) => T,
  ): Promise<T> {
    try {
      return await inTurn(async () => ((await isOn()) ? ask(await load(id), await optionsOf(id)) : none));
    } catch (error) {
      console.error('Rowmark could not propose tags.', error);
      return none;
    }
  }

  return {
    kept(saveId, { url, title, description, tags, at }, destinationId) {
      if (tags.length === 0) return;
      change(destinationId, (suggester, options) => {
        suggester.teach({ url, title, description }, tags, options);
        suggester.learn({ id: idOfSave(saveId), at, url, title, tags });
      });
    },
    arrived({ id, destinationId, capture: { url, title, tags, at } }, rowId) {
      change(destinationId, (suggester) => {
        suggester.forget(idOfSave(id));
        suggester.learn({ id: rowId, at, url, title, tags });
      });
    },
    undone: ({ id, destinationId }) => change(destinationId, (one) => one.forget(idOfSave(id))),
    gone: (destinationId, rowIds) =>
      change(destinationId, (suggester) => {
        for (const id of rowIds) suggester.forget(id);
      }),
    rows: (destinationId, put, removed) =>
      change(destinationId, (suggester) => {
        for (const { id, address, title, tags, createdAt, editedAt } of put)
          suggester.learn({ id, at: createdAt ?? editedAt ?? 0, url: address, title, tags });
        for (const id of removed) suggester.forget(id);
      }),
    erase: (id) =>
      inTurn(async () => {
        if (id === null) cached.clear();
        else cached.delete(id);
        await store.erase(id);
      }),
    likelihoods: (id, page, chosen) =>
      asked(id, NO_LIKELIHOODS, (suggester, options) => suggester.likelihoods(page, chosen, options)),
    propose: (id, page, chosen) =>
      asked<Suggestion[]>(id, [], (suggester, options) => suggester.propose(page, chosen, options)),
    async start() {
      const uses = Object.entries((await records.get('tagUsage')) ?? {});
      if (uses.length === 0) return;
      for (const [id, all] of uses) {
        change(id, (suggester) => {
          for (const [at, { host, section, tags, hour }] of all.entries()) {
            const url = host === '' ? '' : `https://${host}/${section}`;
            suggester.learn({ id: `use ${at}`, at: hour * HOUR, url, title: '', tags });
          }
        });
      }
      await inTurn(async () => undefined);
      await records.update('tagUsage', () => EMPTY_TAG_USAGE);
    },
    idle: () => inTurn(async () => undefined),
  };
}
