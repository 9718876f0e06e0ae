import { present } from '../block-tree.ts';
import { type StoredFile, signedFile } from '../hosted-files.ts';
import type { ApiVersion, Block, Database, Page } from '../model.ts';
import { plainText, type State, titleOf, type World } from '../state.ts';
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
    has_children: present(block.children).length > 0,
    in_trash: inTrash,
    ...archivedField(version, inTrash),
    type: block.type,
    [block.type]: shapeContent(world, block),
    ...extraFields(world, 'block'),
  };
}

/** Of a file that Notion keeps, the address is signed anew. */
function shapeContent(world: World, { content }: Block): Record<string, unknown> {
  if (content.type !== 'file') return content;
  return { ...content, file: signedFile(world, content as StoredFile).file };
}

/** A page as the blocks endpoints see it. */
export const shapeChildPage = (world: World, page: Page, version: ApiVersion): Record<string, unknown> =>
  shapeBlock(world, pageAsBlock(page), shapeParent(world.state, page.parent), version, page.inTrash);

const pageAsBlock = (page: Page): Block => ({
  ...madeAndEdited(page),
  type: 'child_page',
  content: { title: titleOf(page) },
  children: page.blocks,
  inTrash: page.inTrash,
});

/** The pages and databases right below a page; they stand among its blocks. */
export function childrenAsBlocks({ pages, databases }: State, { id }: Page): Block[] {
  const isBelow = ({ parent, inTrash }: Page | Database) =>
    !inTrash && parent.type === 'page_id' && parent.id === id;
  return [
    ...[...pages.values()].filter(isBelow).map(pageAsBlock),
    ...[...databases.values()].filter(isBelow).map(
      (database): Block => ({
        ...madeAndEdited(database),
        type: 'child_database',
        content: { title: plainText(database.title) },
        children: [],
        inTrash: false,
      }),
    ),
  ];
}

const madeAndEdited = ({ id, createdAt, createdBy, editedAt, editedBy }: Page | Database) => ({
  id,
  createdAt,
  createdBy,
  editedAt,
  editedBy,
});
