/** Presets: named ways to save, each with its database and what its rows begin with. */
import * as z from 'zod/mini';
import { Beginning } from '../database/form-settings.ts';

export const Preset = z.object({
  id: z.string(),
  name: z.string(),
  /** The data source that it saves to. */
  destinationId: z.string(),
  beginning: Beginning,
  /** The digit or letter that chooses it right after a quick save. */
  key: z.nullable(z.string()),
  /** Sites whose pages are saved by it unasked: `github.com/*`, `*.example.org`, `example.org/news`. */
  sites: z.array(z.string()),
});
export type Preset = z.infer<typeof Preset>;

/** In the user's own order; the first ones have the commands `preset-1` and so on. */
export const Presets = z.object({ version: z.literal(1), presets: z.array(Preset) });
export type Presets = z.infer<typeof Presets>;

/** Presets that have a command of their own. */
export const PRESET_COMMANDS = ['preset-1', 'preset-2', 'preset-3'] as const;
