/** A request to Notion's API, apart from who sends it. */
import type { HttpRequest } from '../http.ts';

/** The `Notion-Version` header of every request that Rowmark makes. 2026-03-11 is the newest published version. */
export const NOTION_VERSION = '2026-03-11';

export type NotionRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From `/v1/` on. */
  path: string;
  body?: unknown;
  /** A file that is sent as a form, in place of a body. */
  file?: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> };
  /**
   * It adds a row, blocks or a database each time that it is done, so what became of it must be known before it is sent
   * again. All others set, remove or read: done twice is the same as done once.
   */
  adds?: true;
};

/** The request as it goes out: with the token, the version and a JSON body, or a form whose type and boundary the browser names. */
export const toHttp = (
  { method, path, body, file }: NotionRequest,
  { apiUrl, accessToken }: { apiUrl: string; accessToken: string },
): HttpRequest => ({
  method,
  url: apiUrl + path,
  headers: {
    authorization: `Bearer ${accessToken}`,
    'notion-version': NOTION_VERSION,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  ...(file === undefined ? {} : { body: formOf(file) }),
});

function formOf({ name, type, bytes }: NonNullable<NotionRequest['file']>): FormData {
  const form = new FormData();
  form.append('file', new Blob([bytes], { type }), name);
  return form;
}
