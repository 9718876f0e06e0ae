/** What carries a request to Notion, and the way that works wherever there is a `fetch`. */

/** The time, and a timer that can be called off. Milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `run` after that time, unless the returned function is called before. */
  after(milliseconds: number, run: () => void): () => void;
}

export interface NotionRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a request: Notion's answer as text, or one word for why there is none. */
export type NotionReply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly text: string;
      readonly retryAfter: string | null;
    }
  | { readonly kind: 'failed'; readonly why: 'timed_out' | 'unreachable' | 'redirected' | 'too_large' };

/**
 * POSTs a request once and reads the whole answer, in at most `milliseconds`. Follows no redirect, reads no more than
 * `MAX_REPLY_BYTES`, tries nothing twice, never rejects.
 */
export type Send = (request: NotionRequest, milliseconds: number, clock: Clock) => Promise<NotionReply>;

/** Many times the size of the longest real reply, which stays under 2 kB. */
export const MAX_REPLY_BYTES = 65_536;

export const isRedirect = (status: number): boolean => status < 200 || (status >= 300 && status < 400);

async function readText(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length > MAX_REPLY_BYTES) {
      // Not awaited: a source that never ends its cancellation must not hold up the answer.
      void reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

export const sendBy =
  (fetch: (url: string, init: RequestInit) => Promise<Response>): Send =>
  async ({ url, headers, body }, milliseconds, clock) => {
    const abort = new AbortController();
    const callOff = clock.after(milliseconds, () => abort.abort());
    try {
      // `manual`, because Workers know no `error`: a redirect is then seen, and not followed.
      const init: RequestInit = { method: 'POST', headers, body, redirect: 'manual', signal: abort.signal };
      const response = await fetch(url, init);
      if (isRedirect(response.status)) {
        void response.body?.cancel().catch(() => undefined);
        return { kind: 'failed', why: 'redirected' };
      }
      const text = await readText(response);
      return text === undefined
        ? { kind: 'failed', why: 'too_large' }
        : {
            kind: 'answered',
            status: response.status,
            text,
            retryAfter: response.headers.get('retry-after'),
          };
    } catch {
      return { kind: 'failed', why: abort.signal.aborted ? 'timed_out' : 'unreachable' };
    } finally {
      callOff();
    }
  };
