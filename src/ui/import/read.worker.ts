/** Reads files beside the page, which goes on meanwhile. */
import { mergeItems } from '../../core/library/merge.ts';
import { type LibraryRead, readLibrary, readPasted } from '../../core/library/read.ts';
import type { Found } from './found.ts';

/** Bytes of a file, or text that was pasted. */
export type ToRead = { contents: (Uint8Array | string)[] };

addEventListener('message', ({ data }: MessageEvent<ToRead>) => {
  const read = data.contents.map(
    (content): LibraryRead => (typeof content === 'string' ? readPasted(content) : readLibrary(content)),
  );
  const readings = read.flatMap((one) => (one.ok ? one.readings : []));
  const failed = read.flatMap((one) => (one.ok ? [] : [one.why]));
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
