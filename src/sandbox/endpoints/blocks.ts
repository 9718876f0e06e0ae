import { isTrashed, mayAccess } from '../access.ts';
import type { AppendBody } from '../contract/requests.ts';
import { inTrash, invalid, isRefusal, notFound, type Refusable } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { Block, Page } from '../model.ts';
import { paginate, readPageQuery } from '../pagination.ts';
import { acceptBlocks } from '../rules/blocks.ts';
import { childrenAsBlocks, shapeBlock, shapeChildPage } from '../shape/block.ts';
import { type Call, endpoint, idParam, shapeList } from './endpoint.ts';

/** A block and the page it is on; for a page itself there is no block. */
interface Place {
  page: Page;
  block: Block | undefined;
  siblings: Block[];
}

const read = endpoint({
  method: 'GET',
  path: '/v1/blocks/:block_id',
  needs: 'read_content',
  handle(call) {
    const place = findPlace(call);
    if (isRefusal(place)) return place;
    return { body: shapePlace(call, place) };
  },
});

const remove = endpoint({
  method: 'DELETE',
  path: '/v1/blocks/:block_id',
  needs: 'update_content',
  handle(call) {
    const { world, caller } = call;
    const place = findPlace(call);
    if (isRefusal(place)) return place;
    const { page, block, siblings } = place;
    if (isTrashed(world.state, page.id)) return inTrash();
    if (block) siblings.splice(siblings.indexOf(block), 1);
    else page.inTrash = true;
    page.editedAt = world.now();
    page.editedBy = caller.authorization.botId;
    return { body: shapePlace(call, place, true) };
  },
});

const listChildren = endpoint({
  method: 'GET',
  path: '/v1/blocks/:block_id/children',
  needs: 'read_content',
  handle(call) {
    const request = readPageQuery(call.query);
    if (isRefusal(request)) return request;
    const place = findPlace(call);
    if (isRefusal(place)) return place;
    const children = place.block?.children ?? [
      ...place.page.blocks,
      ...childrenAsBlocks(call.world.state, place.page),
    ];
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
    const place = findPlace(call);
    if (isRefusal(place)) return place;
    const { page, block } = place;
    if (isTrashed(world.state, page.id)) return inTrash();
    const blocks = acceptBlocks(world, caller.authorization.botId, body.children, 'body.children');
    if (isRefusal(blocks)) return blocks;
    const children = block?.children ?? page.blocks;
    const index = positionIn(children, body);
    if (isRefusal(index)) return index;
    children.splice(index, 0, ...blocks);
    page.editedAt = world.now();
    page.editedBy = caller.authorization.botId;
    const listing = { results: shapeChildren(call, place, blocks), next_cursor: null, has_more: false };
    return shapeList(world, 'block', listing);
  },
});

export const blockEndpoints = [listChildren, append, read, remove];

function findPlace(call: Call): Refusable<Place> {
  const { world, caller } = call;
  const id = idParam(call, 'block_id');
  for (const page of world.state.pages.values()) {
    if (!mayAccess(world.state, caller.authorization, page.id)) continue;
    if (page.id === id) return { page, block: undefined, siblings: [] };
    const found = findBlock(page.blocks, id);
    if (found) return { page, ...found };
  }
  return notFound('block', id, caller.connection);
}

function findBlock(siblings: Block[], id: string): { block: Block; siblings: Block[] } | undefined {
  for (const block of siblings) {
    if (block.id === id) return { block, siblings };
    const below = findBlock(block.children, id);
    if (below) return below;
  }
  return undefined;
}

/** Where new blocks go. Older versions say `after`, the latest `position`. */
function positionIn(children: readonly Block[], { after, position }: AppendBody): Refusable<number> {
  const anchor = after ?? (position?.type === 'after_block' ? position.after_block.id : undefined);
  if (anchor !== undefined) {
    const index = children.findIndex(({ id }) => id === canonicalId(anchor));
    return index === -1 ? invalid(`Block ${anchor} is not a child of the parent block.`) : index + 1;
  }
  return position?.type === 'start' ? 0 : children.length;
}

function shapePlace(
  { world, version }: Call,
  { page, block }: Place,
  trashed = false,
): Record<string, unknown> {
  if (!block) return shapeChildPage(world, page, version);
  return shapeBlock(world, block, { type: 'page_id', page_id: page.id }, version, trashed);
}

const shapeChildren = ({ world, version }: Call, { page, block }: Place, children: readonly Block[]) =>
  children.map((child) =>
    shapeBlock(
      world,
      child,
      block ? { type: 'block_id', block_id: block.id } : { type: 'page_id', page_id: page.id },
      version,
    ),
  );
