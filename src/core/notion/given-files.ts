/** Files of a property as Notion gave them, and as they go back ("File" in Notion's reference). */
import type { CreatePageParameters } from '@notionhq/client';
import * as z from 'zod/mini';
import { lenient } from '../lenient.ts';
import { MAX_STRING } from './limits.ts';

type Properties = NonNullable<CreatePageParameters['properties']>;
export type FileRequest = Extract<Properties[string], { files: unknown }>['files'][number];

const unlessOther = <T extends z.ZodMiniType>(shape: T) => lenient(z.optional(shape), undefined);

const File = z.looseObject({
  name: lenient(z.string(), ''),
  external: unlessOther(z.looseObject({ url: z.string() })),
  file: unlessOther(
    z.looseObject({ url: z.string(), expiry_time: lenient(z.optional(z.string()), undefined) }),
  ),
  file_upload: unlessOther(z.looseObject({ id: z.string() })),
});

/**
 * A file of a row: in words, with what tells it from the others of that row, and as it goes back. An upload is known by
 * its name, as its address is signed and ends within the hour.
 */
export type GivenFile = { name: string; id: string; request: FileRequest | null };

export function givenFiles(files: readonly unknown[]): GivenFile[] {
  const seen = new Map<string, number>();
  return files.map((raw) => {
    const file = givenFile(raw);
    const count = (seen.get(file.id) ?? 0) + 1;
    seen.set(file.id, count);
    return count === 1 ? file : { ...file, id: `${file.id} (${count})` };
  });
}

function givenFile(raw: unknown): GivenFile {
  const read = z.safeParse(File, raw);
  if (!read.success) return { name: '', id: '', request: null };
  const { name, external, file, file_upload } = read.data;
  const fits = name.length <= MAX_STRING;
  if (external) {
    const { url } = external;
    const named = name === '' ? fileName(url) : name;
    const request: FileRequest = { type: 'external', name: named, external: { url } };
    return { name: url, id: `external ${url} ${name}`, request: fits ? request : null };
  }
  if (file) {
    const { url, expiry_time } = file;
    const named = name === '' ? fileName(url) : name;
    const request: FileRequest = {
      type: 'file',
      name: named,
      file: { url, ...(expiry_time === undefined ? {} : { expiry_time }) },
    };
    return { name: named, id: `file ${withoutQuery(url)} ${name}`, request: fits ? request : null };
  }
  if (file_upload) {
    const { id } = file_upload;
    const request: FileRequest = {
      type: 'file_upload',
      file_upload: { id },
      ...(name === '' ? {} : { name }),
    };
    return { name: name || id, id: `file_upload ${id} ${name}`, request: fits ? request : null };
  }
  return { name, id: name, request: null };
}

const withoutQuery = (url: string): string => /^[^?#]*/.exec(url)?.[0] ?? url;

/** What a file is called by its address. */
export function fileName(url: string): string {
  const last = withoutQuery(url).split('/').filter(Boolean).at(-1) ?? url;
  return last.slice(0, MAX_STRING).toWellFormed();
}
