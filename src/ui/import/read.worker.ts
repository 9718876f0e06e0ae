/** Reads files beside the page, which goes on meanwhile. */
import { readOwn } from '../../core/library/formats/own.ts';
import { mergeItems } from '../../core/library/merge.ts';
import { type LibraryRead, readLibrary, readPasted } from '../../core/library/read.ts';
import type { Found, Source } from './found.ts';

const read = (source: Source): LibraryRead => {
  if (source instanceof Uint8Array) return readLibrary(source);
  if (typeof source === 'string') return readPasted(source);
  return { ok: true, readings: [readOwn(source)] };
};

addEventListener('message', ({ data }: MessageEvent<Source[]>) => {
  const all = data.map(read);
  const readings = all.flatMap((one) => (one.ok ? one.readings : []));
  const failed = all.flatMap((one) => (one.ok ? [] : [one.why]));
  const { items, doubles } = mergeItems(readings.flatMap((reading) => reading.items));
  const found: Found = {
    formats: [...new Set(readings.map(({ format }) => format))],
    items,
    doubles,
    refused: readings.flatMap((reading) => reading.refused),
    failed,
  };
  postMessage(found);
});
