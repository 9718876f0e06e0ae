/** Pages that are hard to save from, with whatever keys they hear in `data-heard` of their root. */
import type { SitePages } from './sites.ts';

/** Hears everything first, as a page can. */
const LISTENER = `
for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste'])
  addEventListener(type, (event) => {
    document.documentElement.dataset.heard = (document.documentElement.dataset.heard ?? '') + type + ' ' + (event.key ?? '') + ';';
    event.stopImmediatePropagation();
  }, true);`;

const page = (
  title: string,
  head: string,
  body: string,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
${head}<title>${title}</title><link rel="icon" href="data:,"></head><body><p>Nothing to see.</p>${body}</body></html>`;

const POLICIES = { path: '/hostile/policies', title: 'Nothing is allowed' };
const FIGHTING = { path: '/hostile/fighting', title: 'Everything is mine' };
const SANDBOXED = { path: '/hostile/sandboxed', title: 'In a sandbox' };

export const hostile = { policies: POLICIES, fighting: FIGHTING, sandboxed: SANDBOXED };

/** By path: the page, and headers that make it what it is. */
export const hostilePages: SitePages = {
  [POLICIES.path]: {
    body: page(POLICIES.title, '', `<script nonce="own">${LISTENER}</script>`),
    headers: {
      'content-security-policy':
        "default-src 'none'; script-src 'nonce-own'; require-trusted-types-for 'script'; trusted-types 'none'",
    },
  },
  [FIGHTING.path]: {
    body: page(
      FIGHTING.title,
      `<style>
* { all: unset !important; display: none !important; opacity: 0 !important; transform: scale(0) !important; }
html, body, p { display: block !important; opacity: 1 !important; transform: none !important; }
html > div, [popover] { position: static !important; width: 9000px !important; visibility: hidden !important; }
::backdrop { display: block !important; background: red !important; }
#over { display: block !important; visibility: visible !important; opacity: 1 !important; transform: none !important;
  position: fixed !important; inset: 0 !important; background: #9a4ad0 !important; z-index: 2147483647 !important; }
</style>`,
      `<div id="over" popover="manual"></div><script>${LISTENER}
const over = document.getElementById('over');
over.showPopover();
// To the top again whenever anything is added to the page, ten times at most.
let times = 0;
new MutationObserver(() => {
  if (times++ > 9) return;
  over.hidePopover();
  over.showPopover();
}).observe(document.documentElement, { childList: true });
</script>`,
    ),
    headers: {},
  },
  [SANDBOXED.path]: {
    body: page(
      SANDBOXED.title,
      '',
      `<script>${LISTENER.replace('event.stopImmediatePropagation();', '')}</script>`,
    ),
    headers: { 'content-security-policy': 'sandbox allow-scripts' },
  },
};
