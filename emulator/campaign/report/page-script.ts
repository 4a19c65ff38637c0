/** What runs in the page: plain JavaScript for any browser, since a report has to open without a build or a network. */
export const SCRIPT = `
'use strict';
const { classes, summary, results } = JSON.parse(document.getElementById('data').textContent);
const rank = new Map(classes.map((name, i) => [name, i]));
const chosen = new Set(classes);
let text = '';
let open;

const element = (name, options, ...children) => {
  const node = Object.assign(document.createElement(name), options);
  node.append(...children);
  return node;
};

/* point:trigger->effect, and several of them */
const parts = (line) => {
  const at = line.indexOf('->');
  return [line.slice(0, at).split(':')[0], line.slice(at + 2)];
};
const MANY = 48;
const names = new Set(results.flatMap(({ faults }) => faults.map((line) => parts(line)[1])));
const effectName = (effect) => (names.size > MANY ? effect.replace(/\\([^)]*\\)/g, '(...)') : effect);
for (const result of results) {
  const all = result.faults.map(parts);
  result.row = all.map(([point]) => point).join(' + ');
  result.column = all.map(([, effect]) => effectName(effect)).join(' + ');
  result.words = [...result.faults, result.class, ...result.findings.map((f) => f.property + ' ' + f.detail)].join(' ').toLowerCase();
}

const isShown = (result) => chosen.has(result.class) && result.words.includes(text);

const lines = (of, sign, style) => of.map((line) => element('div', { className: style, textContent: sign + ' ' + line }));

const diff = ({ excerpt }) => {
  if (excerpt === undefined) return element('p', { textContent: 'The same calls as in the golden run.' });
  const common = [];
  while (common.length < excerpt.golden.length && excerpt.golden[common.length] === excerpt.run[common.length])
    common.push(excerpt.golden[common.length]);
  const rest = (side) => side.slice(common.length);
  const more = excerpt.more.map((count, i) => (count === 0 ? [] : [element('div', { textContent: '  ... ' + count + ' more calls of ' + (i === 0 ? 'the golden run' : 'this run') })]));
  return element('pre', { className: 'diff' },
    element('div', { textContent: '  ' + excerpt.same + ' calls are the same' }),
    ...lines(common, ' ', ''),
    ...lines(rest(excerpt.golden), '-', 'minus'), ...more[0],
    ...lines(rest(excerpt.run), '+', 'plus'), ...more[1]);
};

const article = (result) =>
  element('article', { className: 'c-' + result.class },
    element('h2', { textContent: result.faults.join('  ') }),
    element('div', { textContent: result.class + ': ' + result.end.kind + (result.end.why === undefined ? '' : ', ' + result.end.why) }),
    ...result.findings.map((f) => element('div', { textContent: f.property + ': ' + f.detail })),
    diff(result),
    element('pre', { className: 'replay', textContent: result.replay }));

const LISTED = 200;
const showCases = () => {
  const section = document.getElementById('cases');
  if (open === undefined) return section.replaceChildren();
  const those = results.filter((r) => r.row === open[0] && r.column === open[1] && isShown(r));
  section.replaceChildren(...those.slice(0, LISTED).map(article),
    ...(those.length > LISTED ? [element('p', { textContent: (those.length - LISTED) + ' more are in results.ndjson' })] : []));
};

const cell = (row, column, those) => {
  if (those.length === 0) return element('td', {});
  const worst = those.reduce((a, b) => (rank.get(b.class) > rank.get(a.class) ? b : a)).class;
  const button = element('button', { textContent: String(those.length), title: row + ' -> ' + column + ': ' + worst });
  button.addEventListener('click', () => { open = [row, column]; showCases(); });
  const td = element('td', { className: 'c-' + worst }, button);
  td.dataset.row = row;
  td.dataset.column = column;
  return td;
};

const draw = () => {
  const shown = results.filter(isShown);
  const columns = [...new Set(shown.map((r) => r.column))].sort();
  const rows = new Map();
  for (const result of shown) {
    const row = rows.get(result.row) ?? new Map();
    rows.set(result.row, row);
    row.set(result.column, [...(row.get(result.column) ?? []), result]);
  }
  document.getElementById('matrix').replaceChildren(
    element('thead', {}, element('tr', {}, element('th', {}), ...columns.map((name) => element('th', { scope: 'col', textContent: name })))),
    element('tbody', {}, ...[...rows.keys()].sort().map((name) =>
      element('tr', {}, element('th', { scope: 'row', textContent: name }),
        ...columns.map((column) => cell(name, column, rows.get(name).get(column) ?? []))))));
  document.getElementById('summary').textContent = shown.length + ' of ' + results.length + ' cases; golden run: ' + summary.golden.calls.length + ' calls; accepted: ' + summary.accept.join(', ');
  showCases();
};

const filters = document.getElementById('filters');
for (const name of classes) {
  const count = results.filter((r) => r.class === name).length;
  if (count === 0) continue;
  const box = element('input', { type: 'checkbox', checked: true, value: name });
  box.addEventListener('change', () => { box.checked ? chosen.add(name) : chosen.delete(name); draw(); });
  filters.append(element('label', { className: 'c-' + name }, box, ' ' + name + ' ' + count));
}
document.getElementById('text').addEventListener('input', ({ target }) => { text = target.value.toLowerCase(); draw(); });
draw();
`;
