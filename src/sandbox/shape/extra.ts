import { pick } from '../random.ts';
import type { World } from '../state.ts';

export type ObjectKind =
  | 'page'
  | 'data_source'
  | 'database'
  | 'property'
  | 'value'
  | 'option'
  | 'user'
  | 'list'
  | 'block'
  | 'file_upload';

const unheardOf: readonly [string, unknown][] = [
  ['presence', { viewers: 0 }],
  ['agent_hint', null],
  ['content_revision', 7],
  ['sensitivity', { level: 'internal', inherited: true }],
  ['pinned_at', null],
  ['region', 'eu-central'],
  ['display_hints', ['compact']],
  ['is_synced', false],
];

/**
 * Fields that no client knows, as Notion adds them without a new API version. Which ones depends on the seed and on the
 * kind of object alone, so a run can be repeated.
 */
export function extraFields(world: World, kind: ObjectKind): Record<string, unknown> {
  if (!world.settings.extraFields) return {};
  const random = world.random.fork(`extra fields of ${kind}`);
  return Object.fromEntries([pick(random, unheardOf), pick(random, unheardOf)]);
}
