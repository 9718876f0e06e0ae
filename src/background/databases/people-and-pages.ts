/** What people and relations can be set to: the people of a workspace, and pages by their titles. */
import { ok, type Result } from '../../core/failure.ts';
import { certain } from '../../core/notion/judge.ts';
import { namedPage, PageReply, QueryReply, titleOfPage, UserList } from '../../core/notion/replies.ts';
import { findByTitle, getPage, listUsers } from '../../core/notion/requests.ts';
import type { Listed, Named } from '../../protocol/replies.ts';
import type { Notion } from '../notion/client.ts';

/** So many pages of a hundred people each are read: Notion cannot be asked for one by their name. */
const USER_PAGES = 50;

export interface PeopleAndPages {
  /** The people of a workspace. What was read before something went wrong is of use all the same. */
  people(botId: string): Promise<Result<Listed>>;
  /** Pages of a data source by what is typed of their titles. */
  related(botId: string, dataSourceId: string, typed: string): Promise<Result<Listed>>;
  /**
   * What a page is called, for a relation that has only its id. Null for a page that this connection may not read, or that is
   * gone; empty for one without a title.
   */
  titleOf(botId: string, pageId: string): Promise<Result<string | null>>;
}

export function createPeopleAndPages({ notion }: { notion: Notion }): PeopleAndPages {
  async function people(botId: string): Promise<Result<Listed>> {
    const found: Named[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < USER_PAGES; page++) {
      const reply = certain(await notion.send(botId, listUsers(cursor), UserList));
      if (!reply.ok) return page === 0 ? reply : ok({ found, isWhole: false });
      for (const { id, name, type } of reply.value.results)
        if (name && type !== 'bot') found.push({ id, name });
      cursor = reply.value.next_cursor ?? undefined;
      if (!cursor) return ok({ found, isWhole: true });
    }
    return ok({ found, isWhole: false });
  }

  async function related(botId: string, dataSourceId: string, typed: string): Promise<Result<Listed>> {
    const reply = certain(await notion.send(botId, findByTitle(dataSourceId, typed.trim()), QueryReply));
    return reply.ok
      ? ok({ found: reply.value.results.flatMap(namedPage), isWhole: !reply.value.next_cursor })
      : reply;
  }

  async function titleOf(botId: string, pageId: string): Promise<Result<string | null>> {
    const reply = certain(await notion.send(botId, getPage(pageId), PageReply));
    if (reply.ok) return ok(Object.keys(reply.value.properties).length > 0 ? titleOfPage(reply.value) : null);
    return reply.failure.code === 'not-shared' ? ok(null) : reply;
  }

  return { people, related, titleOf };
}
