/** The title of a tab, where it is all that is known of its page, or knows more than the page itself. */
import type { PageFacts } from './capture.ts';

const isOfWeb = (url: string): boolean => /^https?:/i.test(url);

/** Firefox's viewer puts the file's name behind the title of a PDF (`setTitle` in pdf.js' `web/app.js`). */
export function titleOfTab(title: string, url: string): string {
  // Of the source of a page, it is the address.
  if (/^view-source:/i.test(title) || title === url) return '';
  const file = /\/([^/?#]+\.pdf)(?:[?#]|$)/i.exec(url)?.[1];
  if (file === undefined) return title;
  const ends = [` - ${file}`, ` - ${decoded(file)}`];
  const end = ends.find((one) => title.endsWith(one) && title.length > one.length);
  return end === undefined ? title : title.slice(0, -end.length);
}

function decoded(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}

/**
 * What is known of a page: what was read of it, or what its tab says where nothing could be read. Chromium's viewer alone
 * knows the title of a PDF: the tab bears it, the document around the viewer does not.
 */
export function factsOfTab(tab: { url: string; title: string }, read: PageFacts | null): PageFacts {
  const title = titleOfTab(tab.title, tab.url);
  // A tab that waits for its first answer holds an empty page, which can be read.
  if (read === null || !isOfWeb(read.url)) return { url: tab.url, title, selection: '', meta: {} };
  return read.contentType === 'application/pdf' && read.title.trim() === '' ? { ...read, title } : read;
}
