/** Pictures of a page that are brought to Notion as files, each before the part that shows it. */

import type { PageContent } from '../content/page-content.ts';
import { atRest } from './at-rest.ts';
import type { EventOf } from './events.ts';
import { isOfPart } from './page-content.ts';
import type { Save } from './record.ts';

type File = NonNullable<PageContent['files']>[number];

/** The picture that is uploaded next; null when the next part can be sent. */
export function nextPicture(save: Save): number | null {
  const { content, page } = save;
  if (!content || !page?.files || content.sent > 0 || !isOfPart(save)) return null;
  const next = page.files.findIndex(
    ({ part, upload, isLost }) => part === content.part && !upload && !isLost,
  );
  return next === -1 ? null : next;
}

export const uploaded = (save: Save, { at, file, upload }: EventOf<'uploaded'>): Save =>
  withFile(save, at, file, (one) => ({ part: one.part, upload: { id: upload, at } }));

/** Where it has an address, its link takes its place. */
export function notUploaded(save: Save, { at, file, hasLink }: EventOf<'not-uploaded'>): Save {
  const next = withFile(save, at, file, ({ part }) => ({ part, isLost: true }));
  if (!next.page || hasLink || next === save) return next;
  const { left } = next.page;
  return { ...next, page: { ...next.page, left: { ...left, pictures: (left.pictures ?? 0) + 1 } } };
}

/** Those of the next part have waited for so long that Notion may have thrown them away. */
export function uploadsLapsed(save: Save, at: number): Save {
  const { page, content } = save;
  if (!page?.files || !content) return save;
  const files = page.files.map((one) => {
    const { upload: _, ...rest } = one;
    return one.part === content.part ? rest : one;
  });
  return { ...atRest(save), page: { ...page, files }, content: { ...content, sent: 0 }, dueAt: at };
}

function withFile(save: Save, at: number, file: number, change: (file: File) => File): Save {
  const { page } = save;
  if (!page?.files?.[file]) return save;
  const files = page.files.map((one, number) => (number === file ? change(one) : one));
  return { ...atRest(save), page: { ...page, files }, dueAt: at };
}
