import { findDataSource } from '../access.ts';
import type { QueryBody } from '../contract/requests.ts';
import { invalid, isRefusal } from '../errors.ts';
import { paginate, readPageRequest } from '../pagination.ts';
import { compileFilter } from '../query/filter.ts';
import { compileSorts } from '../query/sort.ts';
import { shapePage } from '../shape/page.ts';
import { findProperty, rowsOf } from '../state.ts';
import { endpoint, idParam, shapeList, shownProperties } from './endpoint.ts';

export const query = endpoint<QueryBody>({
  method: 'POST',
  path: '/v1/data_sources/:data_source_id/query',
  bodyName: 'QueryDataSourceBodyParameters',
  needs: 'read_content',
  handle(call, body) {
    const { world, caller, version } = call;
    const { state, settings } = world;
    const request = readPageRequest(body, 'body');
    if (isRefusal(request)) return request;
    const source = findDataSource(state, caller, idParam(call, 'data_source_id'));
    if (isRefusal(source)) return source;
    const shown = shownProperties(call);
    const unknown = shown.only?.find((key) => !findProperty(source, key));
    if (unknown !== undefined) return invalid(`Could not find property with name or id: ${unknown}`);
    const context = { source, now: world.now(), userId: caller.authorization.userId };
    const test = body.filter ? compileFilter(context, body.filter, 'body.filter') : () => true;
    if (isRefusal(test)) return test;
    const order = compileSorts(source, body.sorts ?? []);
    if (isRefusal(order)) return order;

    const inTrash = body.in_trash ?? body.archived ?? false;
    const found = rowsOf(state, source.id)
      .filter((row) => row.inTrash === inTrash && (body.is_archived ?? row.isArchived) === row.isArchived)
      .filter((row) => world.now() >= row.createdAt + settings.queryLagMs)
      .filter(test)
      .sort(order);
    const listName = JSON.stringify([source.id, body.filter, body.sorts, inTrash]);
    const page = paginate(found.slice(0, settings.queryLimit), request, listName);
    if (isRefusal(page)) return page;
    const results = page.results.map((row) => shapePage({ world, caller, version, ...shown }, row));
    const status =
      found.length > settings.queryLimit
        ? { request_status: { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' } }
        : {};
    return shapeList(world, 'page_or_data_source', { ...page, results }, status);
  },
});
