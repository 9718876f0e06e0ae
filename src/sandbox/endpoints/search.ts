import { type Caller, isTrashed, sharing } from '../access.ts';
import type { SearchBody } from '../contract/requests.ts';
import { isRefusal } from '../errors.ts';
import type { DataSource, Page } from '../model.ts';
import { paginate, readPageRequest } from '../pagination.ts';
import { shapeDataSource } from '../shape/data-source.ts';
import { shapePage } from '../shape/page.ts';
import { databaseOf, plainText, titleOf, type World } from '../state.ts';
import { endpoint, shapeList } from './endpoint.ts';

type Hit = { kind: 'page'; page: Page } | { kind: 'data_source'; source: DataSource };

export const search = endpoint<SearchBody>({
  method: 'POST',
  path: '/v1/search',
  bodyName: 'SearchBodyParameters',
  needs: 'read_content',
  handle(call, body) {
    const { world, caller, version } = call;
    const request = readPageRequest(body, 'body');
    if (isRefusal(request)) return request;
    const page = paginate(
      findHits(world, caller, body),
      request,
      JSON.stringify([body.query, body.filter, body.sort]),
    );
    if (isRefusal(page)) return page;
    const results = page.results.map((hit) =>
      hit.kind === 'page'
        ? shapePage({ world, caller, version }, hit.page)
        : shapeDataSource(world, hit.source, version),
    );
    return shapeList(world, 'page_or_data_source', { ...page, results });
  },
});

function findHits(world: World, caller: Caller, body: SearchBody): Hit[] {
  const { state } = world;
  const { filter, sort } = body;
  const wanted = filter && 'value' in filter ? filter.value : undefined;
  const inTrash = filter?.in_trash ?? false;
  const words = (body.query ?? '').toLowerCase().trim();
  const pages: Hit[] = [...state.pages.values()].map((page) => ({ kind: 'page', page }));
  const sources: Hit[] = [...state.dataSources.values()].map((source) => ({ kind: 'data_source', source }));
  const hits = [...pages, ...sources].filter(
    (hit) =>
      (wanted === undefined || hit.kind === wanted) &&
      nameOf(world, hit).toLowerCase().includes(words) &&
      isTrashed(state, thing(hit).id) === inTrash &&
      isIndexed(world, caller, hit),
  );
  const ascending = sort && 'direction' in sort && sort.direction === 'ascending';
  const minuteOf = (hit: Hit) => Math.floor(thing(hit).editedAt / 60_000);
  return hits.sort((a, b) => (ascending ? minuteOf(a) - minuteOf(b) : minuteOf(b) - minuteOf(a)));
}

const thing = (hit: Hit) => (hit.kind === 'page' ? hit.page : hit.source);

/** A data source is found by the title of its database too. */
const nameOf = ({ state }: World, hit: Hit): string =>
  hit.kind === 'page'
    ? titleOf(hit.page)
    : `${plainText(databaseOf(state, hit.source).title)} ${plainText(hit.source.title)}`;

/** What was shared itself is in the index at once (unless told otherwise); what lies below comes with a delay. */
function isIndexed({ state, settings, now }: World, { authorization }: Caller, hit: Hit): boolean {
  const shared = sharing(state, authorization, thing(hit).id);
  if (!shared) return false;
  const lag = shared.directly ? settings.sharedSearchLagMs : settings.searchLagMs;
  return now() >= Math.max(shared.since, thing(hit).createdAt) + lag;
}
