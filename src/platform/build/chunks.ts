/** Which file of the built extension a module goes into. Runs in Node, at build time. */

/** Where each of the extension's parts begins. */
const POPUP = /src\/ui\/popup\/main\.tsx$/;
const OPTIONS = /src\/ui\/options\/main\.tsx$/;
const BACKGROUND = /src\/background\/main\.ts$/;

/** What the bundler tells of a module. */
type Modules = { getModuleInfo(id: string): { importedIds: readonly string[] } | null };

/** What the background needs too, by where it stands; the rest of what pages share draws them. */
const STORED = /src\/(core|protocol|platform)\/|node_modules\/zod\//;

/**
 * What the popup imports statically is loaded before its first frame; what it imports dynamically comes after. Of the former,
 * what others have too is put into two files, so that nothing is in them that the first frame does without. Everything else
 * is left to the bundler.
 *
 * @returns groups of modules as the bundler takes them
 */
export function firstFrameChunks() {
  const seen = new Set<string>();
  const closures = new Map<RegExp, ReadonlySet<string>>();

  /** All that `entry` imports statically, directly or not. */
  function closureOf(entry: RegExp, modules: Modules): ReadonlySet<string> {
    const known = closures.get(entry);
    if (known) return known;
    const found = new Set<string>();
    const visit = (id: string): void => {
      if (found.has(id)) return;
      found.add(id);
      for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) visit(imported);
    };
    for (const id of seen) if (entry.test(id)) visit(id);
    if (found.size === 0) throw new Error(`No module of the build is ${entry}: say where that part begins.`);
    closures.set(entry, found);
    return found;
  }

  return [
    {
      // The bundler asks this of every module, and only then for names.
      test(id: string) {
        seen.add(id);
        return true;
      },
      name(id: string, modules: Modules): string | null {
        if (!closureOf(POPUP, modules).has(id)) return null;
        if (![OPTIONS, BACKGROUND].some((entry) => closureOf(entry, modules).has(id))) return null;
        return STORED.test(id) ? 'stored' : 'pages';
      },
    },
  ];
}
