/** Runs in the sandbox's page: renews the parts that change while the page is in front, and sends what the forms say. */
export const script = `
const at = (id) => document.getElementById(id);
const call = (request, body) => {
  const [method, path] = request.split(' ');
  return fetch('/_sandbox/api' + path, { method, ...(body ? { body, headers: { 'content-type': 'application/json' } } : {}) });
};

const rowIds = () => new Set([...document.querySelectorAll('[data-row]')].map((row) => row.dataset.row));
let known = rowIds();
const arrived = new Map();
let busy = false;
let again = false;

async function renew() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const parts = await (await fetch('/_sandbox/parts')).json();
    const focused = document.activeElement?.id;
    for (const [id, markup] of Object.entries(parts)) {
      const place = at(id);
      if (place.dataset.shown === markup) continue;
      const scrolled = [...place.querySelectorAll('.scroll')].map((each) => each.scrollLeft);
      place.innerHTML = markup;
      place.dataset.shown = markup;
      place.querySelectorAll('.scroll').forEach((each, index) => { each.scrollLeft = scrolled[index] ?? 0; });
    }
    if (focused && document.activeElement === document.body) at(focused)?.focus();
    const fresh = [...document.querySelectorAll('[data-row]')].filter((row) => !known.has(row.dataset.row));
    for (const row of fresh) arrived.set(row.dataset.row, performance.now());
    for (const row of document.querySelectorAll('[data-row]')) {
      const since = performance.now() - (arrived.get(row.dataset.row) ?? -Infinity);
      if (since > 6000) continue;
      row.classList.add('fresh');
      row.style.setProperty('--since', -since + 'ms');
    }
    if (fresh.length > 0) at('news').textContent = 'New: ' + fresh.map((row) => row.querySelector('th').textContent).join(', ');
    known = rowIds();
  } finally {
    busy = false;
    if (again) { again = false; renew(); }
  }
}

let stream;
function watch() {
  stream?.close();
  stream = undefined;
  if (document.hidden) return;
  stream = new EventSource('/_sandbox/events');
  stream.onmessage = renew;
}
document.addEventListener('visibilitychange', watch);
watch();

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.call) await call(button.dataset.call, button.dataset.body);
  if (button?.id === 'reset' && confirm('Forget all rows, connections and faults?')) await call('POST /reset');
});

at('fault-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const [method, path] = form.get('target').split(' ');
  const times = form.get('times');
  call('POST /faults', JSON.stringify({
    kind: form.get('kind'), method, path,
    times: times === '' ? null : Number(times),
    delayMs: Math.round(Number(form.get('delay')) * 1000),
    retryAfter: Math.round(Number(form.get('retryAfter'))),
  }));
});

at('pace-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const ms = (name) => Math.round(Number(form.get(name)) * 1000);
  call('PATCH /settings', JSON.stringify({
    rateLimit: Math.round(Number(form.get('rateLimit'))), searchLagMs: ms('searchLag'), queryLagMs: ms('queryLag'),
  }));
});
`;
