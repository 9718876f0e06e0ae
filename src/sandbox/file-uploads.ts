/** Files that a connection brings to Notion: what becomes of them until something shows them, and from then on. */
import type { Caller } from './access.ts';
import { type Findable, invalid, notFound, type Refusable } from './errors.ts';
import { unsigned } from './hosted-files.ts';
import { bare, canonicalId } from './ids.ts';
import type { Block, FileUpload } from './model.ts';
import { canShow } from './rules/file-types.ts';
import type { State, World } from './state.ts';

/** In milliseconds from its creation, an upload that nothing shows lapses. */
export const LAPSES_AFTER = 3_600_000;

export type UploadStatus = 'pending' | 'uploaded' | 'expired' | 'failed';

export function statusOf(upload: FileUpload, now: number): UploadStatus {
  const { import: fetched, contentLength } = upload;
  const isThere = fetched ? fetched.at <= now : contentLength !== null;
  if (isThere && fetched?.failure) return 'failed';
  if (!upload.isAttached && now >= upload.createdAt + LAPSES_AFTER) return 'expired';
  return isThere ? 'uploaded' : 'pending';
}

/** An upload of the caller's own. */
export function findUpload(
  state: State,
  { authorization, connection }: Caller,
  id: string,
): Refusable<FileUpload> {
  const what: Findable = 'file_upload';
  const upload = state.fileUploads.get(canonicalId(id));
  return upload?.createdBy === authorization.botId ? upload : notFound(what, id, connection);
}

/** Where Notion keeps it. */
const addressOf = ({ id, filename }: FileUpload): string =>
  `https://prod-files-secure.s3.us-west-2.amazonaws.com/${bare(id)}/${encodeURIComponent(filename ?? 'file')}`;

/** The file that a block of that type is to show. Nothing is attached by it, for the request may still be refused. */
export function acceptUpload(
  { world, caller }: { world: World; caller: Caller },
  id: string,
  blockType: string,
  path: string,
): Refusable<{ url: string }> {
  const upload = findUpload(world.state, caller, id);
  if (!('mode' in upload)) return upload;
  const status = statusOf(upload, world.now());
  if (status !== 'uploaded') {
    return invalid(`${path}: the file upload ${upload.id} cannot be attached, its status is \`${status}\`.`);
  }
  return canShow(blockType, upload.contentType ?? '')
    ? { url: addressOf(upload) }
    : invalid(
        `${path}: a file of type \`${upload.contentType}\` cannot be shown by a block of type \`${blockType}\`.`,
      );
}

/** Once a request is done: what its blocks show lasts. */
export function attachUploads({ state }: World, blocks: readonly Block[]): void {
  const shown = new Set(filesIn(blocks));
  for (const upload of state.fileUploads.values()) {
    const url = addressOf(upload);
    if (!shown.has(url)) continue;
    upload.isAttached = true;
    state.uploads.add(url);
  }
}

const filesIn = (blocks: readonly Block[]): string[] =>
  blocks.flatMap(({ content, children }) => {
    const url = (content.file as { url?: string } | undefined)?.url;
    return [...(content.type === 'file' && url ? [unsigned(url)] : []), ...filesIn(children)];
  });
