import type { Option } from '../../core/database/destination.ts';
import { matchOption } from '../../core/tags/rules.ts';

/** The colour Notion shows this tag in; one that is new there has none yet. */
export const colorOf = (tag: string, options: readonly Option[]): Option['color'] =>
  options.find((option) => matchOption(tag, [option.name]) !== null)?.color ?? 'default';
