export const style = `
.top { display: flex; gap: 10px; align-items: center; padding: 12px 22px; border-bottom: 1px solid var(--line); }
.top img { border-radius: 6px; }
.top h1 { margin: 0; font-size: 15px; }
.top p { margin: 0 0 0 auto; color: var(--soft); font-size: 12.5px; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 320px; align-items: start; }
main { padding: 8px 28px 48px; }
aside {
  display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; padding: 18px; border-left: 1px solid var(--line); background: var(--field);
  position: sticky; top: 0; max-height: 100vh; overflow: auto;
}
@media (max-width: 980px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  aside { border-left: 0; border-top: 1px solid var(--line); position: static; max-height: none; }
}
section { margin-top: 26px; }
section > header { display: flex; gap: 10px; align-items: baseline; margin-bottom: 6px; }
h2 { margin: 0; font-size: 20px; letter-spacing: -0.01em; }
h3 { margin: 12px 0 4px; font-size: 14px; color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; font-size: 13.5px; }
th, td { padding: 6px 10px; border: 1px solid var(--line); text-align: left; vertical-align: top; min-width: 90px; max-width: 320px; }
tr > :first-child { border-left: 0; }
tr > :last-child { border-right: 0; }
thead th { color: var(--soft); font-weight: 500; font-size: 12.5px; white-space: nowrap; }
tbody th { min-width: 210px; font-weight: 600; }
tbody th a { color: inherit; text-decoration: none; }
tbody th a:hover { text-decoration: underline; }
.icon:not(:empty) { margin-right: 6px; }
.glyph { display: inline-block; min-width: 20px; margin-right: 2px; font-size: 11.5px; }
td.of-url, td.of-email { max-width: 230px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
td.of-created_time, td.of-last_edited_time, td.of-date { white-space: nowrap; }
td.of-rich_text { min-width: 220px; }
td.of-multi_select { min-width: 170px; }
td.of-number, td.of-formula { font-variant-numeric: tabular-nums; }
.text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; overflow-wrap: anywhere; }
.pills { display: flex; flex-wrap: wrap; gap: 4px; }
.status { border-radius: 10px; padding: 0 9px; }
.soft, .count, .empty { color: var(--soft); font-size: 12.5px; }
.count { margin: 6px 2px 0; }
.empty { margin: 0; padding: 10px; border-bottom: 1px solid var(--line); }
.mark { color: var(--soft); font-size: 12px; }
.mark.on { padding: 1px 7px; border-radius: 5px; background: var(--ok-ground); color: var(--ok); }
.workspace + .workspace { margin-top: 44px; padding-top: 6px; border-top: 1px solid var(--line); }
.workspace-name { display: flex; gap: 8px; align-items: center; margin: 14px 0 0; color: var(--soft); font-weight: 600; }
.workspace-name img { border-radius: 5px; }
.loose ul { margin: 6px 0 0; padding: 0; list-style: none; line-height: 1.9; }
.loose a { color: inherit; }
tr.fresh > * { animation: fresh 6s ease-out var(--since); }
@keyframes fresh { from { background: var(--fresh); } 40% { background: var(--fresh); } }
.card { padding: 13px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
.card h2 { margin-bottom: 8px; font-size: 13px; letter-spacing: 0; }
.card p { margin: 0; }
.card label { display: block; margin-bottom: 8px; color: var(--soft); font-size: 12px; }
.card select, .card input {
  display: block; width: 100%; margin-top: 2px; padding: 5px 7px; border: 1px solid var(--line); border-radius: 7px;
  height: 32px; background: var(--field); color: var(--ink); font-size: 13px;
}
.three { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; align-items: end; }
.quiet { padding: 0; border: 0; background: none; color: var(--link); font-size: 12.5px; cursor: pointer; }
.quiet:hover { text-decoration: underline; }
.list ul, .list ol { margin: 0; padding: 0; list-style: none; display: grid; gap: 8px; font-size: 13px; }
.list li { display: flex; gap: 8px; justify-content: space-between; align-items: start; }
.list li .quiet { flex: none; margin-right: 8px; }
.list .log { gap: 3px; font-size: 12px; }
.log li { justify-content: start; align-items: baseline; }
.log .path { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.verb { width: 44px; color: var(--soft); }
.log .ok { color: var(--ok); }
.log .warn { color: var(--warn); font-weight: 600; }
.log time { font-size: 11px; font-variant-numeric: tabular-nums; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;
