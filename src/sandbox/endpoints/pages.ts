import { allows, findDatabase, findDataSource, findPage, isTrashed } from '../access.ts';
import type { CreatePageBody, UpdatePageBody } from '../contract/requests.ts';
import { failedValidation, inTrash, invalid, isRefusal, type Refusable, type Refusal } from '../errors.ts';
import { attachUploads } from '../file-uploads.ts';
import { canonicalId } from '../ids.ts';
import type { DataSource, Page, Parent, Property, RichText } from '../model.ts';
import { addPage } from '../new-objects.ts';
import { paginate, readPageQuery } from '../pagination.ts';
import { acceptBlocks } from '../rules/blocks.ts';
import { acceptMedia } from '../rules/media.ts';
import { acceptTitleOnly, acceptValues } from '../rules/property-values.ts';
import { extraFields } from '../shape/extra.ts';
import { dataSourceOf, shapePage, shapePartialPage } from '../shape/page.ts';
import { shapeUser } from '../shape/user.ts';
import { shapeTextItem, shapeValue } from '../shape/value.ts';
import { dataSourcesOf, findProperty } from '../state.ts';
import { isTimeZone } from '../time.ts';
import { type Call, endpoint, idParam, type Reply, shapeList, shownProperties } from './endpoint.ts';

const create = endpoint<CreatePageBody>({
  method: 'POST',
  path: '/v1/pages',
  bodyName: 'CreatePageBodyParameters',
  needs: 'insert_content',
  handle(call, body) {
    const { world, caller } = call;
    const { authorization } = caller;
    const clash = brokenCombination(body);
    if (clash) return clash;
    const parent = acceptParent(call, body);
    if (isRefusal(parent)) return parent;
    const source = parent.type === 'data_source_id' ? world.state.dataSources.get(parent.id) : undefined;
    const icon = acceptMedia(body.icon, 'body.icon');
    if (isRefusal(icon)) return icon;
    const cover = acceptMedia(body.cover, 'body.cover');
    if (isRefusal(cover)) return cover;
    const children = body.children ?? body.content ?? [];
    const path = body.children ? 'body.children' : 'body.content';
    const blocks = acceptBlocks({ world, caller }, children, path);
    if (isRefusal(blocks)) return blocks;
    const template = acceptTemplate(source, body.template);
    if (isRefusal(template)) return template;
    const values = source
      ? acceptValues(world, caller, source, body.properties ?? {})
      : acceptTitleOnly(body.properties ?? {});
    if (isRefusal(values)) return values;
    const page = addPage(world, authorization.botId, {
      parent,
      icon,
      cover,
      blocks,
      values: values instanceof Map ? values : values(),
      markdown: body.markdown ?? null,
      templateId: template,
    });
    attachUploads(world, blocks);
    if (parent.type === 'workspace') authorization.shared.set(page.id, world.now());
    return showPage(call, page);
  },
});

const read = endpoint({
  method: 'GET',
  path: '/v1/pages/:page_id',
  needs: 'read_content',
  handle(call) {
    const page = findPage(call.world.state, call.caller, idParam(call, 'page_id'));
    return isRefusal(page) ? page : showPage(call, page);
  },
});

const update = endpoint<UpdatePageBody>({
  method: 'PATCH',
  path: '/v1/pages/:page_id',
  bodyName: 'UpdatePageBodyParameters',
  needs: 'update_content',
  handle(call, body) {
    const { world, caller } = call;
    const page = findPage(world.state, caller, idParam(call, 'page_id'));
    if (isRefusal(page)) return page;
    const trash = body.in_trash ?? body.archived;
    if (trash !== false && isTrashed(world.state, page.id)) return inTrash();
    const source = dataSourceOf(world, page);
    const icon = body.icon === undefined ? page.icon : acceptMedia(body.icon, 'body.icon');
    if (isRefusal(icon)) return icon;
    const cover = body.cover === undefined ? page.cover : acceptMedia(body.cover, 'body.cover');
    if (isRefusal(cover)) return cover;
    const template = acceptTemplate(source, body.template);
    if (isRefusal(template)) return template;
    const values = source
      ? acceptValues(world, caller, source, body.properties ?? {})
      : acceptTitleOnly(body.properties ?? {});
    if (isRefusal(values)) return values;
    for (const [id, value] of values instanceof Map ? values : values()) page.values.set(id, value);
    if (body.erase_content) for (const block of page.blocks) block.inTrash = true;
    Object.assign(page, {
      icon,
      cover,
      templateId: template ?? page.templateId,
      templateAskedAt: template === null ? page.templateAskedAt : world.now(),
      inTrash: trash ?? page.inTrash,
      isArchived: body.is_archived ?? page.isArchived,
      isLocked: body.is_locked ?? page.isLocked,
      editedAt: world.now(),
      editedBy: caller.authorization.botId,
    });
    return showPage(call, page);
  },
});

const readProperty = endpoint({
  method: 'GET',
  path: '/v1/pages/:page_id/properties/:property_id',
  needs: 'read_content',
  handle(call) {
    const { world, caller } = call;
    const request = readPageQuery(call.query);
    if (isRefusal(request)) return request;
    const page = findPage(world.state, caller, idParam(call, 'page_id'));
    if (isRefusal(page)) return page;
    const source = dataSourceOf(world, page);
    const key = call.params.property_id ?? '';
    const property = source ? findProperty(source, key) : undefined;
    if (!source || !property) return invalid(`Could not find property with name or id: ${key}`);
    const { type } = property;
    const id = encodeURIComponent(property.id);
    if (!['title', 'rich_text', 'people', 'relation'].includes(type)) {
      const value = shapeValue({ world, caller, source, page }, property);
      return { body: { object: 'property_item', id, type, ...value, ...extraFields(world, 'value') } };
    }
    const items = itemsOf(call, property, page).map((item) => ({
      object: 'property_item',
      id,
      type,
      [type]: item,
    }));
    const listing = paginate(items, request, `${page.id} ${id}`);
    if (isRefusal(listing)) return listing;
    return shapeList(world, 'property_item', listing, {
      property_item: { id, next_url: null, type, [type]: {} },
    });
  },
});

export const pageEndpoints = [create, read, update, readProperty];

function showPage(call: Call, page: Page): Reply {
  const { world, caller, version } = call;
  return {
    body: allows(caller, 'read_content')
      ? shapePage({ world, caller, version, ...shownProperties(call) }, page)
      : shapePartialPage(page),
  };
}

/** The items of a value that Notion hands out one by one. */
function itemsOf({ world, caller }: Call, { id, type }: Property, page: Page): unknown[] {
  const stored = (page.values.get(id) ?? []) as string[];
  if (type === 'people') return stored.map((userId) => shapeUser(world, caller, userId));
  if (type === 'relation') return stored.map((pageId) => ({ id: pageId }));
  const text = (page.values.get(id) ?? []) as RichText[];
  return text.map((item) => shapeTextItem(world, caller, item));
}

/** Parts of a new page that exclude each other. */
function brokenCombination(body: CreatePageBody): Refusal | undefined {
  const blocks = body.children ?? body.content;
  if (body.children && body.content) return invalid('Provide either `children` or `content`, not both.');
  if (body.markdown !== undefined && blocks) {
    return invalid('Provide either `markdown` or `children`, not both.');
  }
  if (body.allow_async !== undefined && body.markdown === undefined) {
    return invalid('`allow_async` can only be used with `markdown`.');
  }
  const usesTemplate = body.template !== undefined && body.template.type !== 'none';
  if (usesTemplate && blocks) return invalid('`children` cannot be used with a template.');
  if (body.position !== undefined && !(body.parent && 'page_id' in body.parent)) {
    return invalid('`position` can only be used with a page parent.');
  }
  return undefined;
}

function acceptParent(call: Call, { parent }: CreatePageBody): Refusable<Parent> {
  const { world, caller } = call;
  const { state } = world;
  if (parent === undefined || 'workspace' in parent) {
    return { type: 'workspace', id: caller.authorization.workspaceId };
  }
  if ('page_id' in parent) {
    const page = findPage(state, caller, canonicalId(parent.page_id));
    if (isRefusal(page)) return page;
    return isTrashed(state, page.id) ? inTrash() : { type: 'page_id', id: page.id };
  }
  const source =
    'data_source_id' in parent
      ? findDataSource(state, caller, canonicalId(parent.data_source_id))
      : onlyDataSource(call, canonicalId(parent.database_id));
  if (isRefusal(source)) return source;
  return isTrashed(state, source.id) ? inTrash() : { type: 'data_source_id', id: source.id };
}

/** A database may stand for its data source as long as it has one only. */
function onlyDataSource({ world, caller }: Call, databaseId: string): Refusable<DataSource> {
  const database = findDatabase(world.state, caller, databaseId);
  if (isRefusal(database)) return database;
  const [source, ...others] = dataSourcesOf(world.state, database.id);
  if (source && others.length === 0) return source;
  return invalid(
    'Databases with multiple data sources are not supported as a parent. Use `data_source_id`.',
    {
      error_type: 'multiple_data_sources_for_database',
      database_id: databaseId,
      child_data_source_ids: [source, ...others].flatMap((each) => each?.id ?? []),
    },
  );
}

/** The id of the template to apply later, or null. */
function acceptTemplate(
  source: DataSource | undefined,
  template: CreatePageBody['template'],
): Refusable<string | null> {
  if (template === undefined || template.type === 'none') return null;
  if (template.timezone !== undefined && !isTimeZone(template.timezone)) {
    return failedValidation([
      `body.template.timezone should be a valid IANA time zone, instead was \`"${template.timezone}"\``,
    ]);
  }
  const templates = source?.templates ?? [];
  const found =
    template.type === 'default'
      ? templates.find(({ isDefault }) => isDefault)
      : templates.find(({ id }) => id === canonicalId(template.template_id));
  if (found) return found.id;
  return template.type === 'default'
    ? invalid('The data source does not have a default template.')
    : invalid(`Could not find template with ID: ${template.template_id}.`);
}
