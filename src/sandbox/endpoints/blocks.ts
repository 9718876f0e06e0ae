import { isTrashed, mayAccess } from '../access.ts';
import { blockAt, childrenOf, findPlace, isBlockTrashed, type Place, present } from '../block-tree.ts';
import type { AppendBody, UpdateBlockBody } from '../contract/requests.ts';
import {
  failedValidation,
  instead,
  inTrash,
  invalid,
  isRefusal,
  notFound,
  type Refusable,
  type Refusal,
} from '../errors.ts';
import { attachUploads } from '../file-uploads.ts';
import { canonicalId } from '../ids.ts';
import type { Block } from '../model.ts';
import { paginate, readPageQuery } from '../pagination.ts';
import { unevenRow, unholdable } from '../rules/block-nesting.ts';
import { acceptChange } from '../rules/block-values.ts';
import { acceptBlocks, typeIn } from '../rules/blocks.ts';
import { childrenAsBlocks, shapeBlock, shapeChildPage } from '../shape/block.ts';
import { type Call, endpoint, idParam, shapeList } from './endpoint.ts';

const read = endpoint({
  method: 'GET',
  path: '/v1/blocks/:block_id',
  needs: 'read_content',
  handle(call) {
    const place = placeIn(call);
    if (isRefusal(place)) return place;
    return { body: shapePlace(call, place) };
  },
});

const remove = endpoint({
  method: 'DELETE',
  path: '/v1/blocks/:block_id',
  needs: 'update_content',
  handle(call) {
    const place = placeIn(call);
    if (isRefusal(place)) return place;
    if (isGone(call, place)) return inTrash();
    (blockAt(place) ?? place.page).inTrash = true;
    edited(call, place);
    return { body: shapePlace(call, place) };
  },
});

const update = endpoint<UpdateBlockBody>({
  method: 'PATCH',
  path: '/v1/blocks/:block_id',
  bodyName: 'UpdateBlockBodyParameters',
  needs: 'update_content',
  handle(call, body) {
    const place = placeIn(call);
    if (isRefusal(place)) return place;
    const block = blockAt(place);
    if (!block) return invalid('A page cannot be updated as a block. Use the endpoint for pages.');
    const trash = body.in_trash ?? body.archived;
    const above: Place = { page: place.page, path: place.path.slice(0, -1) };
    if (isGone(call, trash === false ? above : place)) return inTrash();
    const content = acceptUpdate(call, place, block, body as Record<string, unknown>);
    if (isRefusal(content)) return content;
    block.content = content;
    block.inTrash = trash ?? block.inTrash;
    attachUploads(call.world, [block]);
    edited(call, place);
    return { body: shapePlace(call, place) };
  },
});

const listChildren = endpoint({
  method: 'GET',
  path: '/v1/blocks/:block_id/children',
  needs: 'read_content',
  handle(call) {
    const request = readPageQuery(call.query);
    if (isRefusal(request)) return request;
    const place = placeIn(call);
    if (isRefusal(place)) return place;
    const below = present(childrenOf(place));
    const children = blockAt(place) ? below : [...below, ...childrenAsBlocks(call.world.state, place.page)];
    const listing = paginate(children, request, idParam(call, 'block_id'));
    if (isRefusal(listing)) return listing;
    return shapeList(call.world, 'block', {
      ...listing,
      results: shapeChildren(call, place, listing.results),
    });
  },
});

const append = endpoint<AppendBody>({
  method: 'PATCH',
  path: '/v1/blocks/:block_id/children',
  bodyName: 'AppendBlockChildrenBodyParameters',
  needs: 'insert_content',
  handle(call, body) {
    const { world, caller } = call;
    const place = placeIn(call);
    if (isRefusal(place)) return place;
    if (isGone(call, place)) return inTrash();
    const into = blockAt(place);
    const unfit = into && unholdable(into);
    if (unfit) return unfit;
    const blocks = acceptBlocks({ world, caller, into }, body.children, 'body.children');
    if (isRefusal(blocks)) return blocks;
    const index = positionIn(call, childrenOf(place), body);
    if (isRefusal(index)) return index;
    childrenOf(place).splice(index, 0, ...blocks);
    attachUploads(world, blocks);
    edited(call, place);
    const listing = { results: shapeChildren(call, place, blocks), next_cursor: null, has_more: false };
    return shapeList(world, 'block', listing);
  },
});

export const blockEndpoints = [listChildren, append, read, update, remove];

function placeIn(call: Call): Refusable<Place> {
  const { world, caller } = call;
  const id = idParam(call, 'block_id');
  const place = findPlace(world.state, id, (page) => mayAccess(world.state, caller.authorization, page.id));
  return place ?? notFound('block', id, caller.connection);
}

/** Whether it, or anything that it is in, is in the trash. */
const isGone = ({ world }: Call, place: Place): boolean =>
  isTrashed(world.state, place.page.id) || isBlockTrashed(place);

function edited({ world, caller }: Call, place: Place): void {
  const change = { editedAt: world.now(), editedBy: caller.authorization.botId };
  Object.assign(place.page, change);
  const block = blockAt(place);
  if (block) Object.assign(block, change);
}

/** What a block says after an update, which replaces each key that it names and leaves the others. */
function acceptUpdate(
  { world, caller }: Call,
  { path }: Place,
  block: Block,
  body: Record<string, unknown>,
): Refusable<Block['content']> {
  const type = typeIn(body);
  if (type === undefined) return block.content;
  if (type !== block.type) {
    return failedValidation([`body.${block.type} should be defined, ${instead(undefined)}`]);
  }
  const request = body[type] as Record<string, unknown>;
  const change = acceptChange({ world, caller }, type, request, `body.${type}`);
  if (isRefusal(change)) return change;
  // A medium shows one file: the one that was there before goes.
  const { file, external, ...rest } = block.content;
  const kept = change.type === undefined ? block.content : rest;
  const content = { ...kept, ...change };
  const table = path.at(-2);
  return brokenUpdate({ ...block, content }, table) ?? content;
}

function brokenUpdate(block: Block, above: Block | undefined): Refusal | undefined {
  if (block.type === 'table_row' && above) return unevenRow(above, [block]);
  return present(block.children).length > 0 ? unholdable(block) : undefined;
}

/** Where new blocks go. Older versions say `after`, the latest `position`. */
function positionIn(
  { world, caller }: Call,
  children: readonly Block[],
  { after, position }: AppendBody,
): Refusable<number> {
  if (after !== undefined && position !== undefined) {
    return invalid('Provide either `after` or `position`, not both.');
  }
  const anchor = after ?? (position?.type === 'after_block' ? position.after_block.id : undefined);
  if (anchor === undefined) return position?.type === 'start' ? 0 : children.length;
  const id = canonicalId(anchor);
  const index = children.findIndex((block) => block.id === id && !block.inTrash);
  if (index !== -1) return index + 1;
  const elsewhere = findPlace(world.state, id, (page) =>
    mayAccess(world.state, caller.authorization, page.id),
  );
  const isThere = elsewhere !== undefined && !isBlockTrashed(elsewhere);
  return isThere || world.settings.goneAnchor === 400
    ? invalid(`Block ${anchor} is not a child of the parent block.`)
    : notFound('block', id, caller.connection);
}

function shapePlace({ world, version }: Call, place: Place): Record<string, unknown> {
  const { page, path } = place;
  const block = blockAt(place);
  if (!block) return shapeChildPage(world, page, version);
  const above: Place = { page, path: path.slice(0, -1) };
  return shapeBlock(world, block, parentFor(above), version, isBlockTrashed(place));
}

const shapeChildren = ({ world, version }: Call, place: Place, children: readonly Block[]) =>
  children.map((child) => shapeBlock(world, child, parentFor(place), version, isBlockTrashed(place)));

/** How what stands right below names it. */
function parentFor(place: Place): Record<string, unknown> {
  const block = blockAt(place);
  return block ? { type: 'block_id', block_id: block.id } : { type: 'page_id', page_id: place.page.id };
}
