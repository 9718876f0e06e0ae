import type { ApiVersion, Block, Page } from '../model.ts';
import { titleOf, type World } from '../state.ts';
import { toMinute } from '../time.ts';
import { archivedField } from './data-source.ts';
import { extraFields } from './extra.ts';
import { shapeParent } from './parent.ts';
import { shapePartialUser } from './user.ts';

export function shapeBlock(
  world: World,
  block: Block,
  parent: Record<string, unknown>,
  version: ApiVersion,
  inTrash = false,
): Record<string, unknown> {
  return {
    object: 'block',
    id: block.id,
    parent,
    created_time: toMinute(block.createdAt),
    last_edited_time: toMinute(block.editedAt),
    created_by: shapePartialUser(block.createdBy),
    last_edited_by: shapePartialUser(block.editedBy),
    has_children: block.children.length > 0,
    in_trash: inTrash,
    ...archivedField(version, inTrash),
    type: block.type,
    [block.type]: block.content,
    ...extraFields(world, 'block'),
  };
}

/** A page as the blocks endpoints see it. */
export function shapeChildPage(world: World, page: Page, version: ApiVersion): Record<string, unknown> {
  const { id, createdAt, createdBy, editedAt, editedBy } = page;
  const block: Block = {
    id,
    createdAt,
    createdBy,
    editedAt,
    editedBy,
    type: 'child_page',
    content: { title: titleOf(page) },
    children: page.blocks,
  };
  return shapeBlock(world, block, shapeParent(world.state, page.parent), version, page.inTrash);
}
