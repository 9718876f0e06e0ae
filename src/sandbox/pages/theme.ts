/** Colours and type shared by the sandbox's two pages. */
export const theme = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --field: #f7f7f5; --line: #e6e5e2; --ink: #23221f; --soft: #6f6d68; --hover: #f1f1ef;
  --link: #1a66c2; --ok: #2a6b43; --ok-ground: #eaf4ec; --warn: #8a4b08; --warn-ground: #fdf1e2;
  --on-ink: #ffffff; --shadow: 0 1px 2px #0000000f, 0 10px 34px #0000001a; --fresh: #fff8dc;
  --default: #e9e8e6; --gray: #e9e8e6; --brown: #eee0da; --orange: #fadec9; --yellow: #fdecc8; --green: #dbeddb;
  --blue: #d3e5ef; --purple: #e8deee; --pink: #f5e0e9; --red: #ffe2dd;
  font: 14px/1.5 ui-sans-serif, -apple-system, "Segoe UI", Inter, Roboto, "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #202020; --field: #2a2a2a; --line: #3a3a39; --ink: #eceae6; --soft: #a3a09a; --hover: #2f2f2e;
    --link: #7db4ff; --ok: #8fd0a5; --ok-ground: #21362a; --warn: #f0b673; --warn-ground: #3a2b18;
    --on-ink: #1d1d1c; --shadow: 0 1px 2px #00000066, 0 10px 34px #00000080; --fresh: #3b3620;
    --default: #4a4a49; --gray: #5a5a5a; --brown: #603b2c; --orange: #854c1d; --yellow: #6f5123; --green: #2b593f;
    --blue: #28456c; --purple: #492f64; --pink: #69314c; --red: #6e3630;
  }
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); }
a { color: var(--link); text-underline-offset: 2px; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.button {
  padding: 6px 14px; border: 1px solid var(--line); border-radius: 7px; background: var(--paper); font-weight: 550;
  cursor: pointer;
}
.button:hover { background: var(--hover); }
.button.primary { border-color: var(--ink); background: var(--ink); color: var(--on-ink); font-weight: 600; }
.button.primary:hover { opacity: 0.88; }
.pill { display: inline-block; padding: 0 6px; border-radius: 4px; line-height: 20px; white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { animation: none !important; transition: none !important; } }
`;

/** The first workspace's picture: lines of force. */
export const workspacePicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" role="img" aria-label="Maxwell's Workspace">
<rect width="40" height="40" rx="9" fill="#2b593f"/>
<g fill="none" stroke="#eaf4ec" stroke-width="2" stroke-linecap="round">
<path d="M20 8v24M14 10c-7 5-7 15 0 20M26 10c7 5 7 15 0 20M10.5 14.500c-3 3.500-3 7.500 0 11M29.500 14.500c3 3.500 3 7.500 0 11"/></g></svg>`;

/** The second one's: wheels. */
export const secondWorkspacePicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" role="img" aria-label="The Analytical Society">
<rect width="40" height="40" rx="9" fill="#854c1d"/>
<g fill="none" stroke="#fdf1e2" stroke-width="2" stroke-dasharray="3 2">
<circle cx="16" cy="23" r="8"/><circle cx="27" cy="14" r="5"/></g></svg>`;
