/** Colours, in the page and in the toast's own frame. */
export const LIGHT = `
  --paper: #ffffff;
  --field: #f7f7f5;
  --line: rgb(35 34 31 / 0.1);
  --edge: #e6e5e2;
  --ink: #23221f;
  --soft: #6f6d68;
  --hover: #f0efec;
  --done: #2a6b43;
  --needs-you: #8a4b08;
  --needs-you-paper: #fdf1e2;
  --focus: #1a66c2;
  --shadow: 0 1px 3px rgb(0 0 0 / 0.1), 0 8px 24px rgb(0 0 0 / 0.16);`;
export const DARK = `
  --paper: #202020;
  --field: #2a2a2a;
  --line: rgb(255 255 255 / 0.13);
  --edge: #3a3a39;
  --ink: #eceae6;
  --soft: #a3a09a;
  --hover: #333333;
  --done: #8fd0a5;
  --needs-you: #f0b673;
  --needs-you-paper: #3a2b18;
  --focus: #7db4ff;
  --shadow: 0 1px 3px rgb(0 0 0 / 0.4), 0 8px 28px rgb(0 0 0 / 0.5);`;
export const FONT = `ui-sans-serif, -apple-system, 'Segoe UI', Inter, Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif`;

/**
 * The toast's look. Important declarations of a shadow tree win over the page's own on the host
 * (https://drafts.csswg.org/css-cascade-5/#cascade-sort), so no page rule can move, hide or restyle it.
 */
export const TOAST_STYLE = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 16px 16px auto auto !important;
  z-index: 2147483647 !important;
  box-sizing: border-box !important;
  width: 330px !important;
  max-width: calc(100vw - 32px) !important;
  pointer-events: none !important;
}
:host::backdrop {
  display: none !important;
}
:host([dir='rtl']) {
  inset: 16px auto auto 16px !important;
}
@media print {
  :host {
    display: none !important;
  }
}
.stack {
  ${LIGHT}
  color-scheme: light;
  display: flex;
  flex-direction: column;
  gap: 8px;
  font: 13.5px / 1.4 ${FONT};
  color: var(--ink);
}
@media (prefers-color-scheme: dark) {
  .stack {
    ${DARK}
    color-scheme: dark;
  }
}
.card {
  pointer-events: auto;
  position: relative;
  box-sizing: border-box;
  display: flex;
  gap: 9px;
  align-items: flex-start;
  padding: 11px 38px 11px 12px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--paper);
  background-clip: padding-box;
  box-shadow: var(--shadow);
  cursor: default;
}
[dir='rtl'] .card {
  padding: 11px 12px 11px 38px;
}
.card[data-tone='needs-you'] {
  background-color: var(--needs-you-paper);
  --hover: transparent;
}
/* With what can be done below the words. */
.card.wide {
  flex-wrap: wrap;
  row-gap: 5px;
  align-self: flex-end;
  width: 400px;
  max-width: calc(100vw - 32px);
  max-height: calc(100vh - 32px);
}
.card.listening {
  border-color: var(--focus);
}
.room {
  flex: 1 1 100%;
  box-sizing: border-box;
  width: 0;
  height: 24px;
  margin-inline: -4px -30px;
  border: 0;
  background: none;
  color-scheme: inherit;
}
div.room:not(.keeping) {
  height: auto;
}
.status {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
.mark {
  flex: none;
  width: 19px;
  height: 19px;
  color: var(--ink);
}
[data-tone='done'] .mark {
  color: var(--done);
}
[data-tone='needs-you'] :is(.mark, .title) {
  color: var(--needs-you);
}
.words {
  flex: 1;
  min-width: 0;
  display: flex;
  flex-wrap: wrap;
  column-gap: 7px;
  text-align: left;
  overflow-wrap: anywhere;
}
[dir='rtl'] .words {
  text-align: right;
}
.title,
.detail {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  overflow: hidden;
  unicode-bidi: plaintext;
}
.title {
  -webkit-line-clamp: 2;
  font-weight: 650;
}
.detail {
  -webkit-line-clamp: 3;
  color: var(--soft);
}
[data-tone='needs-you'] .detail {
  color: var(--ink);
}
.detail:empty {
  display: none;
}
button.dismiss {
  all: unset;
  position: absolute;
  inset-block-start: 8px;
  inset-inline-end: 8px;
  box-sizing: border-box;
  width: 24px;
  height: 24px;
  padding: 7px;
  border-radius: 6px;
  color: var(--soft);
  cursor: pointer;
}
button.dismiss:hover {
  color: var(--ink);
  background: var(--hover);
}
button.dismiss:focus-visible {
  outline: 2px solid var(--focus);
}
button.dismiss svg {
  display: block;
  width: 10px;
  height: 10px;
}
`;
