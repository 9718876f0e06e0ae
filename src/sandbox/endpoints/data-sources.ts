import { allows, findDatabase, findDataSource, isTrashed } from '../access.ts';
import type { CreateDataSourceBody, UpdateDataSourceBody } from '../contract/requests.ts';
import { inTrash, isRefusal } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { DataSource } from '../model.ts';
import { addDataSource } from '../new-objects.ts';
import { paginate, readPageQuery } from '../pagination.ts';
import { acceptMedia } from '../rules/media.ts';
import { acceptRichText } from '../rules/rich-text.ts';
import { acceptNewSchema, updateSchema } from '../rules/schema.ts';
import { shapeDataSource, shapePartialDataSource } from '../shape/data-source.ts';
import { type Call, endpoint, idParam, type Reply } from './endpoint.ts';

const create = endpoint<CreateDataSourceBody>({
  method: 'POST',
  path: '/v1/data_sources',
  bodyName: 'CreateDataSourceBodyParameters',
  needs: 'insert_content',
  handle(call, body) {
    const { world, caller } = call;
    const database = findDatabase(world.state, caller, canonicalId(body.parent.database_id));
    if (isRefusal(database)) return database;
    if (isTrashed(world.state, database.id)) return inTrash();
    const title = acceptRichText(body.title ?? [], 'body.title');
    if (isRefusal(title)) return title;
    const icon = acceptMedia(body.icon, 'body.icon');
    if (isRefusal(icon)) return icon;
    const properties = acceptNewSchema(world, caller, body.properties, 'body.properties');
    if (isRefusal(properties)) return properties;
    const source = addDataSource(world, database, title, properties);
    source.icon = icon;
    return showDataSource(call, source);
  },
});

const read = endpoint({
  method: 'GET',
  path: '/v1/data_sources/:data_source_id',
  needs: 'read_content',
  handle(call) {
    const { world, caller } = call;
    const source = findDataSource(world.state, caller, idParam(call, 'data_source_id'));
    return isRefusal(source) ? source : showDataSource(call, source);
  },
});

const update = endpoint<UpdateDataSourceBody>({
  method: 'PATCH',
  path: '/v1/data_sources/:data_source_id',
  bodyName: 'UpdateDataSourceBodyParameters',
  needs: 'update_content',
  handle(call, body) {
    const { world, caller } = call;
    const source = findDataSource(world.state, caller, idParam(call, 'data_source_id'));
    if (isRefusal(source)) return source;
    const trash = body.in_trash ?? body.archived;
    if (trash === undefined && isTrashed(world.state, source.id)) return inTrash();
    const title = body.title === undefined ? source.title : acceptRichText(body.title, 'body.title');
    if (isRefusal(title)) return title;
    const icon = body.icon === undefined ? source.icon : acceptMedia(body.icon, 'body.icon');
    if (isRefusal(icon)) return icon;
    const database = body.parent
      ? findDatabase(world.state, caller, canonicalId(body.parent.database_id))
      : undefined;
    if (database && isRefusal(database)) return database;
    const refused = updateSchema(world, caller, source, body.properties ?? {});
    if (refused) return refused;
    Object.assign(source, {
      title,
      icon,
      databaseId: database?.id ?? source.databaseId,
      inTrash: trash ?? source.inTrash,
      editedAt: world.now(),
      editedBy: caller.authorization.botId,
    });
    return showDataSource(call, source);
  },
});

const templates = endpoint({
  method: 'GET',
  path: '/v1/data_sources/:data_source_id/templates',
  needs: 'read_content',
  handle(call) {
    const { world, caller, query } = call;
    const request = readPageQuery(query);
    if (isRefusal(request)) return request;
    const source = findDataSource(world.state, caller, idParam(call, 'data_source_id'));
    if (isRefusal(source)) return source;
    const name = query.get('name')?.toLowerCase() ?? '';
    const found = source.templates.filter((template) => template.name.toLowerCase().includes(name));
    const page = paginate(found, request, `templates ${source.id} ${name}`);
    if (isRefusal(page)) return page;
    const { results, has_more, next_cursor } = page;
    return {
      body: {
        templates: results.map(({ id, name: templateName, isDefault }) => ({
          id,
          name: templateName,
          is_default: isDefault,
        })),
        has_more,
        next_cursor,
      },
      withoutRequestId: true,
    };
  },
});

function showDataSource({ world, caller, version }: Call, source: DataSource): Reply {
  return {
    body: allows(caller, 'read_content')
      ? shapeDataSource(world, source, version)
      : shapePartialDataSource(world, source),
  };
}

export const dataSourceEndpoints = [create, read, update, templates];
