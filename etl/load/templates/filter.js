// Which rows are shown, and how many each further choice would leave.
const facets = {
  unit: facet("unit", (unit) => [unit || BARE]),
  region: facet("regions", (group) => [...new Set(group.split("\u001f").flatMap(withParents))]),
  publisher: articleFacet((at) => articles.publisher[at]),
};
const years = {
  period: facet("period", (period) => [yearOfPeriod(period)]),
  publication: articleFacet((at) => articles.published_on[at]?.slice(0, 4)),
};

function facet(column, keysOf) {
  const { values, rows } = metrics[column];
  return { rows, keys: values.map(keysOf) };
}

function articleFacet(keyOf) {
  const { values, rows } = metrics.article_id;
  return { rows, keys: values.map((_, at) => [keyOf(at) ?? NONE]) };
}

function withParents(code) {
  const found = [];
  for (let at = code; at && !found.includes(at); at = regions[at].of) found.push(at);
  return found;
}

function keysAt({ rows, keys }, row) {
  return rows[row] < 0 ? [NONE] : keys[rows[row]];
}

// Rows that match in the order of the release; counts of what each choice, changed alone, leaves.
function findRows() {
  const named = Object.entries({ ...facets, year: years[state.by] });
  const counts = Object.fromEntries(named.map(([name]) => [name, new Map()]));
  const count = (of, keys) => keys.forEach((key) => of.set(key, (of.get(key) ?? 0) + 1));
  const says = matcher(state.q);
  const rows = [];
  for (let row = 0; row < release.count; row += 1) {
    if (!says(row)) continue;
    const misses = named.filter(([name, of]) => state[name] && !keysAt(of, row).includes(state[name]));
    if (misses.length === 0) rows.push(row);
    if (misses.length > 1) continue;
    for (const [name, of] of misses.length ? misses : named) count(counts[name], keysAt(of, row));
  }
  return { rows, counts };
}

function matcher(query) {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!terms.length) return () => true;
  const texts = searchTexts();
  return (row) => terms.every((term) => texts[row].includes(term));
}

let searched = null;
function searchTexts() {
  searched ??= Array.from({ length: release.count }, (_, row) => {
    const names = regionsOf(row).flatMap((code) => [regions[code].zh, regions[code].en]);
    const texts = [valueOf("sentence", row), valueOf("indicator", row), articleOf(row).title, ...names];
    return texts.join("\n").toLowerCase();
  });
  return searched;
}

const ORDERS = {
  newest: null, // the order of the release
  oldest: { of: (row) => articleOf(row).day, sign: 1 },
  largest: { of: numberOf, sign: -1 },
  smallest: { of: numberOf, sign: 1 },
  latest: { of: (row) => valueOf("period", row)?.split("/").findLast(Boolean) ?? null, sign: -1 },
};

// Rows without a value stand last, whichever way.
function sortRows(rows) {
  const order = ORDERS[state.sort];
  if (!order) return rows;
  const keyed = rows.map((row) => [order.of(row), row]);
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  keyed.sort(([a, one], [b, other]) => (a === null) - (b === null) || order.sign * compare(a, b) || one - other);
  return keyed.map(([, row]) => row);
}
