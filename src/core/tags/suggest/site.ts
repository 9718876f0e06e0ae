/** Where a page is: its site, and the section of it. */
import { plainHost } from '../../address/host.ts';

const MAX_SECTION = 40;
/** Names of sections and people. Not `;jsessionid=…`, `https%3A%2F%2F…` or other things that hold more than a name. */
const SECTION = /^@?[\p{L}\p{M}\p{N}._~+-]+$/u;

export type Site = { host: string; section: string };

function readSection(pathname: string): string {
  try {
    const section = decodeURIComponent(pathname.split('/')[1] ?? '').toLowerCase();
    return section.length <= MAX_SECTION && SECTION.test(section) ? section : '';
  } catch {
    return '';
  }
}

/** The site of an address, and the first part of its path where that looks like a name; empty where there is none. */
export function siteOf(url: string): Site {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return { host: '', section: '' };
  const port = parsed.port && `:${parsed.port}`;
  return { host: plainHost(parsed.hostname) + port, section: readSection(parsed.pathname) };
}
