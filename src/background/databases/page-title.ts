/** What a page of Notion is called, for a relation that has only its id. */
import { ok, type Result } from '../../core/failure.ts';
import { certain } from '../../core/notion/judge.ts';
import { PageReply, titleOfPage } from '../../core/notion/replies.ts';
import { getPage } from '../../core/notion/requests.ts';
import type { Notion } from '../notion/client.ts';

/** Null for a page that this connection may not read, or that is gone; empty for one without a title. */
export async function pageTitle(
  notion: Notion,
  botId: string,
  pageId: string,
): Promise<Result<string | null>> {
  const reply = certain(await notion.send(botId, getPage(pageId), PageReply));
  if (reply.ok) return ok(Object.keys(reply.value.properties).length > 0 ? titleOfPage(reply.value) : null);
  return reply.failure.code === 'not-shared' ? ok(null) : reply;
}
