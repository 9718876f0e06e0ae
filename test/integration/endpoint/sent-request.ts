/** A request as a value, from which a test can both make it and say what must become of it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Entry = readonly [string, Json];

export type Body =
  | { readonly kind: 'json' | 'form'; readonly entries: readonly Entry[]; readonly padding: number }
  | { readonly kind: 'raw'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'none' };

export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly contentType: string | undefined;
  readonly declaredLength: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Body;
  readonly address: string | undefined;
  readonly reply: Reply;
}

/** What Notion answers when it is well. */
export type Reply = 'token' | 'invalid-grant-rfc' | 'invalid-grant-notion' | 'validation-error';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export const bytesOf = (body: Body): Uint8Array<ArrayBuffer> | null => {
  switch (body.kind) {
    case 'none':
      return null;
    case 'raw':
      return body.bytes;
    case 'json': {
      // By hand, since an object cannot hold a field twice.
      const fields = body.entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
      return encode(`{${fields.join(',')}}${' '.repeat(body.padding)}`);
    }
    case 'form':
      return encode(
        new URLSearchParams(body.entries.map(([name, value]) => [name, String(value)])).toString() +
          '&'.repeat(body.padding),
      );
  }
};

export function requestOf(sent: Sent): Request {
  const headers = new Headers();
  for (const [name, value] of sent.headers) headers.append(name, value);
  const bytes = sent.method === 'GET' || sent.method === 'HEAD' ? null : bytesOf(sent.body);
  const request = new Request(`http://endpoint.test${sent.target}`, {
    method: sent.method,
    headers,
    body: bytes,
  });
  if (sent.contentType !== undefined) request.headers.set('Content-Type', sent.contentType);
  if (sent.declaredLength !== undefined) request.headers.set('Content-Length', sent.declaredLength);
  return request;
}
