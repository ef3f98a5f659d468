// The release as it travels in the page: texts once, rows as their numbers (see page_data.py).
const release = JSON.parse(document.getElementById("release").textContent);
const { metrics, articles, units, regions, codes } = release;

const NONE = "-"; // in a filter: what the text does not state
const BARE = "1"; // in a filter: the unit of a bare count, which is the empty text

function valueOf(name, row) {
  const { values, rows } = metrics[name];
  return rows[row] < 0 ? null : values[rows[row]];
}

function articleOf(row) {
  const at = metrics.article_id.rows[row];
  return {
    title: articles.title[at],
    day: articles.published_on[at],
    publisher: articles.publisher[at],
    url: articles.url[at],
  };
}

// The sentence as [before, quantity, after]; places count code points, as in the tables.
function quoteOf(row) {
  const points = Array.from(valueOf("sentence", row));
  const start = metrics.place[row];
  const end = start + metrics.length[row];
  const parts = [points.slice(0, start), points.slice(start, end), points.slice(end)];
  return parts.map((part) => part.join(""));
}

function regionsOf(row) {
  return valueOf("regions", row)?.split("\u001f") ?? [];
}

// The value, or the middle of a range.
function numberOf(row) {
  const { value, value_low, value_high } = metrics;
  return value[row] ?? (value_low[row] + value_high[row]) / 2;
}

// As a choice or a bar: a name and the code, for 人 and 名 are both people.
function unitLabel(unit, lang) {
  const name = unitName(unit, lang) || WORDS[lang].bare;
  return unit === "" || unit === name ? name : `${name} ${unit}`;
}

function unitName(unit, lang) {
  return unit === "" ? "" : (units[unit]?.[lang] ?? unit);
}

// Labels of codes say in brackets how Chinese words them; a tag has no room for that.
function codeLabel(list, code, lang) {
  return codes[list][code][lang].replace(/ \(.*/, "");
}

// "2014-01-01/2014-12-31" as 2014, likewise months and days; anything else from – to.
function describePeriod(period, words) {
  if (!period) return null;
  const [start, end] = period.split("/");
  if (!start) return words.until(end);
  if (!end) return words.since(start);
  const last = new Date(Date.UTC(+end.slice(0, 4), +end.slice(5, 7), 0)).toISOString().slice(0, 10);
  const isYears = start.endsWith("-01-01") && end.endsWith("-12-31");
  const isMonths = start.endsWith("-01") && end === last;
  const size = isYears ? 4 : isMonths ? 7 : 10;
  const [from, to] = [start, end].map((day) => day.slice(0, size));
  return from === to ? from : `${from} – ${to}`;
}

// The year in which a period ends, as in the view metrics_by_region.
function yearOfPeriod(period) {
  const [start, end] = period.split("/");
  return (end || start).slice(0, 4);
}
