/** Files that were uploaded to Notion: kept under an address of its own, which it signs anew for each response. */
import type { Value } from './model.ts';
import type { State, World } from './state.ts';

/** For how long a signed address is good, in milliseconds ("Retrieving existing files"). */
const GOOD_FOR = 3_600_000;

export type StoredFile = Record<string, unknown> & { type?: string; file?: { url: string } };

/** The address without its signature. */
export const unsigned = (url: string): string => url.replace(/[?#].*$/s, '');

export function signedFile({ now }: World, stored: StoredFile): Record<string, unknown> {
  if (stored.type !== 'file' || !stored.file) return stored;
  const at = new Date(now());
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': at.toISOString().replace(/[-:]|\.\d+/g, ''),
    'X-Amz-Expires': String(GOOD_FOR / 1_000),
    'X-Amz-Signature': '0'.repeat(64),
  });
  return {
    name: stored.name,
    type: 'file',
    file: {
      url: `${unsigned(stored.file.url)}?${query}`,
      expiry_time: new Date(at.getTime() + GOOD_FOR).toISOString(),
    },
  };
}

/** Remembers the files in a value that somebody uploaded in the app. */
export function rememberUploads({ uploads }: State, value: Value): void {
  if (!Array.isArray(value)) return;
  for (const { file } of value as StoredFile[]) if (file) uploads.add(unsigned(file.url));
}

/** Whether Notion keeps a file under that address, also after it was taken out of a page. */
export const isHosted = ({ uploads }: State, url: string): boolean => uploads.has(unsigned(url));
