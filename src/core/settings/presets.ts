/** Presets: named ways to save, each with its database and what its rows begin with. */
import * as z from 'zod/mini';
import { Beginning } from '../notion/form-settings.ts';

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

/** Letters that mean something else in the toast. */
const TAKEN = 'tnsduo';

/** Keys that a preset may have. */
export const PRESET_KEYS = [...'123456789abcdefghijklmnopqrstuvwxyz'].filter((key) => !TAKEN.includes(key));

/**
 * Whether an address is of a site, as a preset names it. Without a path, every page of the host and its subdomains; with one,
 * pages whose path begins with it. A star stands for anything.
 */
export function isOfSite(url: string, site: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  const [host = '', ...path] = site
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .split('/');
  if (host === '') return false;
  const isHost = new RegExp(`^(?:.+\\.)?${pattern(host.replace(/^(?:\*\.|www\.)/, ''))}$`);
  const isPath = new RegExp(`^${pattern(path.join('/'))}`);
  return isHost.test(hostname) && isPath.test(pathname.slice(1).toLowerCase());
}

/** A star stands for anything; nothing else means anything but itself. */
const pattern = (words: string): string =>
  words
    .replace(/\*+$/, '')
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');

/** The first preset whose sites the address is of. */
export const presetFor = (url: string, presets: readonly Preset[]): Preset | null =>
  presets.find(({ sites }) => sites.some((site) => isOfSite(url, site))) ?? null;
