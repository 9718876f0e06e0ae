/**
 * An address without the directive that marks a place in the text (`:~:text=`), which belongs to the visit and not to
 * the page; the rest of the fragment can be a single-page app's route (https://wicg.github.io/scroll-to-text-fragment/).
 */
export function withoutTextFragment(url: string): string {
  const hash = url.indexOf('#');
  const directive = hash < 0 ? -1 : url.indexOf(':~:', hash);
  return directive < 0 ? url : url.slice(0, directive === hash + 1 ? hash : directive);
}

/** The address of a text in a page, by its directive (`text=…`); without one, of the page. */
export const withTextFragment = (url: string, directive: string | undefined): string =>
  directive === undefined ? url : `${url}${url.includes('#') ? '' : '#'}:~:${directive}`;
