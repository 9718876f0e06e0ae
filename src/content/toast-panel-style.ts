import { DARK, FONT, LIGHT } from './toast-style.ts';

/** The look of what stands in the toast's own frame: rows of keys, and editors. Grounds of options are Notion's. */
export const PANEL_STYLE = `
html:has(> body > .panel),
body:has(> .panel) {
  margin: 0;
  background: none;
  color-scheme: light;
  overflow-x: hidden;
}
.panel {
  ${LIGHT}
  --option-ink: #32302c;
  --default: #e9e8e6;
  --gray: #e9e8e6;
  --brown: #eee0da;
  --orange: #fadec9;
  --yellow: #fdecc8;
  --green: #dbeddb;
  --blue: #d3e5ef;
  --purple: #e8deee;
  --pink: #f5e0e9;
  --red: #ffe2dd;
  color-scheme: light;
  position: relative;
  display: flow-root;
  padding-bottom: 1px;
  outline: 0;
  font: 13.5px / 1.4 ${FONT};
  color: var(--ink);
  cursor: default;
  overflow-wrap: anywhere;
  text-align: start;
}
@media (prefers-color-scheme: dark) {
  html:has(> body > .panel),
  body:has(> .panel) {
    color-scheme: dark;
  }
  .panel {
    ${DARK}
    --option-ink: #f4f3f1;
    --default: #5a5a5a;
    --gray: #5a5a5a;
    --brown: #603b2c;
    --orange: #854c1d;
    --yellow: #89632a;
    --green: #2b593f;
    --blue: #28456c;
    --purple: #492f64;
    --pink: #69314c;
    --red: #6e3630;
    color-scheme: dark;
  }
}
.panel * {
  box-sizing: border-box;
}
.panel [hidden] {
  display: none !important;
}
.panel button {
  margin: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
.panel button:focus-visible {
  outline: 2px solid var(--focus);
  outline-offset: -1px;
}
.keys {
  display: flex;
  flex-wrap: wrap;
  gap: 1px;
}
.panel button.key {
  display: inline-flex;
  align-items: center;
  gap: 4px;
  max-width: 100%;
  padding: 2px 4px;
  border-radius: 6px;
  color: var(--soft);
  font-size: 12px;
  line-height: 20px;
}
.key span {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  max-width: 140px;
}
kbd {
  flex: none;
  min-width: 17px;
  padding: 0 4px;
  border: 1px solid var(--edge);
  border-bottom-width: 2px;
  border-radius: 4px;
  background: var(--paper);
  color: var(--soft);
  font: 11px / 14px ${FONT};
  text-align: center;
}
.panel:focus-within kbd {
  color: var(--ink);
}
.panel button.key:hover,
.panel button.key[aria-expanded='true'] {
  background: var(--hover);
  color: var(--ink);
}
[aria-busy] .keys {
  opacity: 0.6;
}
.place:not(:empty) {
  display: flex;
  flex-wrap: wrap;
  align-items: flex-start;
  gap: 6px;
  margin: 6px 4px 3px;
}
.field {
  flex: 1;
  min-width: 160px;
  padding: 4px 7px;
  border: 1px solid transparent;
  border-radius: 7px;
  background: var(--field);
}
.field:focus-within {
  border-color: var(--focus);
  background: var(--paper);
}
.tags {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 3px 4px;
  cursor: text;
}
input.typed {
  width: 100%;
  min-width: 60px;
  padding: 0;
  border: 0;
  outline: 0;
  background: none;
  color: inherit;
  font: inherit;
  line-height: 20px;
}
input.typed::placeholder {
  color: var(--soft);
  opacity: 1;
}
.tags input.typed {
  flex: 1;
  width: 60px;
}
.chip {
  display: inline-flex;
  align-items: center;
  max-width: 100%;
  padding: 0 6px;
  border-radius: 4px;
  background: var(--default);
  color: var(--option-ink);
  font-size: 12.5px;
  line-height: 20px;
}
${['gray', 'brown', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'red']
  .map((color) => `.chip.${color} { background: var(--${color}); }`)
  .join('\n')}
.panel button.remove {
  margin-inline: 2px -5px;
  padding: 0 5px;
  border-radius: 4px;
}
.list {
  position: relative;
  flex: 1 0 100%;
  max-height: 152px;
  margin: 3px -4px -1px;
  outline: 0;
  overflow-y: auto;
  overscroll-behavior: contain;
  scrollbar-width: thin;
  cursor: default;
}
.typed ~ .list {
  padding-top: 3px;
  border-top: 1px solid var(--line);
}
.option {
  display: flex;
  align-items: center;
  gap: 5px;
  padding: 2px 4px;
  border-radius: 6px;
  cursor: pointer;
}
.option:hover {
  background: var(--field);
}
.option.active {
  background: var(--hover);
}
.option.active::after {
  margin-inline-start: auto;
  padding: 0 4px;
  border: 1px solid var(--edge);
  border-bottom-width: 2px;
  border-radius: 4px;
  background: var(--paper);
  color: var(--soft);
  content: '⏎' / '';
  font-size: 11px;
  line-height: 14px;
}
.plain,
.empty {
  line-height: 20px;
}
.empty {
  color: var(--soft);
  font-size: 12.5px;
}
.panel button.done {
  padding: 5px 12px;
  border-radius: 7px;
  background: var(--ink);
  color: var(--paper);
  font-weight: 600;
  line-height: 18px;
}
.panel button.done:focus-visible {
  outline-offset: 2px;
}
.failure:not(:empty) {
  margin: 6px 4px 3px;
  padding: 6px 9px;
  border-radius: 7px;
  background: var(--needs-you-paper);
  color: var(--ink);
  font-size: 12.5px;
}
.failure b {
  display: block;
  color: var(--needs-you);
}
.said {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (forced-colors: active) {
  .option.active,
  .chip,
  .field,
  .panel button.done {
    outline: 1px solid;
  }
}
`;
