import { allows, findDatabase, findPage, isTrashed } from '../access.ts';
import type { CreateDatabaseBody, RichTextItemRequest, UpdateDatabaseBody } from '../contract/requests.ts';
import { inTrash, isRefusal, type Refusable } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { Database, Parent, RichText } from '../model.ts';
import { addDatabase, addDataSource } from '../new-objects.ts';
import { acceptMedia } from '../rules/media.ts';
import { acceptRichText } from '../rules/rich-text.ts';
import { acceptNewSchema } from '../rules/schema.ts';
import { shapeDatabase } from '../shape/data-source.ts';
import { type Call, endpoint, idParam, type Reply } from './endpoint.ts';

const create = endpoint<CreateDatabaseBody>({
  method: 'POST',
  path: '/v1/databases',
  bodyName: 'CreateDatabaseBodyParameters',
  needs: 'insert_content',
  handle(call, body) {
    const { world, caller } = call;
    const parent = acceptParent(call, body.parent);
    if (isRefusal(parent)) return parent;
    const title = acceptOptionalText(body.title, 'body.title');
    if (isRefusal(title)) return title;
    const description = acceptOptionalText(body.description, 'body.description');
    if (isRefusal(description)) return description;
    const icon = acceptMedia(body.icon, 'body.icon');
    if (isRefusal(icon)) return icon;
    const cover = acceptMedia(body.cover, 'body.cover');
    if (isRefusal(cover)) return cover;
    const properties = acceptNewSchema(
      world,
      caller,
      body.initial_data_source?.properties,
      'body.initial_data_source.properties',
    );
    if (isRefusal(properties)) return properties;
    const database = addDatabase(world, caller.authorization.botId, {
      title: title ?? [],
      description: description ?? [],
      parent,
      icon,
      cover,
      isInline: body.is_inline ?? false,
    });
    addDataSource(world, database, title ?? [], properties);
    if (parent.type === 'workspace') caller.authorization.shared.set(database.id, world.now());
    return showDatabase(call, database);
  },
});

const read = endpoint({
  method: 'GET',
  path: '/v1/databases/:database_id',
  needs: 'read_content',
  handle(call) {
    const { world, caller } = call;
    const database = findDatabase(world.state, caller, idParam(call, 'database_id'));
    return isRefusal(database) ? database : showDatabase(call, database);
  },
});

const update = endpoint<UpdateDatabaseBody>({
  method: 'PATCH',
  path: '/v1/databases/:database_id',
  bodyName: 'UpdateDatabaseBodyParameters',
  needs: 'update_content',
  handle(call, body) {
    const { world, caller } = call;
    const database = findDatabase(world.state, caller, idParam(call, 'database_id'));
    if (isRefusal(database)) return database;
    const trash = body.in_trash ?? body.archived;
    if (trash === undefined && isTrashed(world.state, database.id)) return inTrash();
    const parent = body.parent ? acceptParent(call, body.parent) : database.parent;
    if (isRefusal(parent)) return parent;
    const title = acceptOptionalText(body.title, 'body.title');
    if (isRefusal(title)) return title;
    const description = acceptOptionalText(body.description, 'body.description');
    if (isRefusal(description)) return description;
    const icon = body.icon === undefined ? database.icon : acceptMedia(body.icon, 'body.icon');
    if (isRefusal(icon)) return icon;
    const cover = body.cover === undefined ? database.cover : acceptMedia(body.cover, 'body.cover');
    if (isRefusal(cover)) return cover;
    Object.assign(database, {
      parent,
      title: title ?? database.title,
      description: description ?? database.description,
      icon,
      cover,
      isInline: body.is_inline ?? database.isInline,
      isLocked: body.is_locked ?? database.isLocked,
      inTrash: trash ?? database.inTrash,
      editedAt: world.now(),
      editedBy: caller.authorization.botId,
    });
    return showDatabase(call, database);
  },
});

function showDatabase({ world, caller, version }: Call, database: Database): Reply {
  return {
    body: allows(caller, 'read_content')
      ? shapeDatabase(world, database, version)
      : { object: 'database', id: database.id },
  };
}

function acceptParent(call: Call, parent: CreateDatabaseBody['parent']): Refusable<Parent> {
  if (!('page_id' in parent)) return { type: 'workspace', id: call.caller.authorization.workspaceId };
  const { state } = call.world;
  const page = findPage(state, call.caller, canonicalId(parent.page_id));
  if (isRefusal(page)) return page;
  return isTrashed(state, page.id) ? inTrash() : { type: 'page_id', id: page.id };
}

function acceptOptionalText(
  items: readonly RichTextItemRequest[] | undefined,
  path: string,
): Refusable<RichText[] | undefined> {
  return items === undefined ? undefined : acceptRichText(items, path);
}

export const databaseEndpoints = [create, read, update];
