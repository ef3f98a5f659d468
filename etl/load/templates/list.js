// The table of metrics, a page at a time.
const ROWS_A_PAGE = 25;

function renderList(rows) {
  const words = WORDS[state.lang];
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_A_PAGE));
  state.page = Math.min(state.page, pages);
  const start = (state.page - 1) * ROWS_A_PAGE;
  const shown = sortRows(rows).slice(start, start + ROWS_A_PAGE);
  const lines = shown.map((row, at) => renderRow(row, at > 0 && isSameSentence(row, shown[at - 1])));
  element("metrics").tBodies[0].replaceChildren(...(lines.length ? lines : [renderNothing()]));
  const place = words.page(format(state.page), format(pages));
  for (const pager of document.querySelectorAll("[data-pager]")) pager.textContent = place;
  for (const button of document.querySelectorAll("[data-step]")) {
    const to = state.page + Number(button.dataset.step);
    button.disabled = to < 1 || to > pages;
  }
}

function renderNothing() {
  const cell = make("td", { role: "cell", colspan: 5, class: "nothing" }, WORDS[state.lang].nothing);
  return make("tr", { role: "row" }, cell);
}

function isSameSentence(row, other) {
  return ["sentence", "article_id"].every((name) => metrics[name].rows[row] === metrics[name].rows[other]);
}

// A sentence that stands right above is not said again, only the words around the quantity.
function renderRow(row, isRepeat) {
  const { lang } = state;
  const places = regionsOf(row).map((code) => regions[code][lang]);
  const indicator = valueOf("indicator", row);
  return make(
    "tr",
    { role: "row" },
    renderCell("quantity", ...renderQuantity(row)),
    renderCell("indicator", indicator && make("span", { lang: "zh-Hans" }, indicator), ...renderTags(row)),
    renderCell("period", describePeriod(valueOf("period", row), WORDS[lang])),
    renderCell("region", places.join(lang === "zh" ? "、" : ", ") || null),
    renderCell("source", ...(isRepeat ? renderClause(row) : [renderSentence(row), renderArticle(row)])),
  );
}

function renderCell(name, ...parts) {
  const given = parts.filter(Boolean);
  if (!given.length) return make("td", { role: "cell", class: `${name} empty` }, "—");
  return make("td", { role: "cell", class: name }, ...given);
}

function renderQuantity(row) {
  const [, surface] = quoteOf(row);
  const [value, low, high] = [metrics.value[row], metrics.value_low[row], metrics.value_high[row]];
  const numbers = value === null ? [low, high] : [value];
  const [short, exact] = [compact, format].map((write) => numbers.map((number) => write(number)).join("–"));
  const unit = unitName(valueOf("unit", row), state.lang);
  return [
    make("strong", { lang: "zh-Hans" }, surface),
    make("span", { class: "quiet", title: exact }, `${short} ${unit}`.trim()),
  ];
}

function renderTags(row) {
  const { lang } = state;
  const [measure, direction] = [valueOf("measure", row), valueOf("direction", row)];
  const approximation = valueOf("approximation", row);
  const baseline = describePeriod(valueOf("baseline", row), WORDS[lang]);
  const tags = [
    direction && `${direction === "increase" ? "↑" : "↓"} ${codeLabel("direction", direction, lang)}`,
    measure !== "level" && !(measure === "change" && direction) && codeLabel("measure", measure, lang),
    approximation !== "exact" && codeLabel("approximation", approximation, lang),
    metrics.is_cumulative[row] && WORDS[lang].cumulative,
    baseline && WORDS[lang].comparedWith(baseline),
  ].filter(Boolean);
  return tags.map((tag) => make("span", { class: "tag" }, tag));
}

function renderSentence(row) {
  const [before, surface, after] = quoteOf(row);
  return make("q", { lang: "zh-Hans" }, before, make("mark", {}, surface), after);
}

function renderClause(row) {
  const [before, surface, after] = quoteOf(row);
  const [, cut, start] = before.match(/^(.*[，。；：！？、])?(.*)$/s);
  const [, end, rest] = after.match(/^([^，。；！？]*[，。；！？]?)(.*)$/s);
  const words = [cut ? "…" : "", start, make("mark", {}, surface), end, rest ? "…" : ""];
  return [
    make("q", { lang: "zh-Hans" }, ...words),
    make("p", { class: "article" }, WORDS[state.lang].sameSentence),
  ];
}

function renderArticle(row) {
  const { title, day, publisher, url } = articleOf(row);
  const name = make("cite", { lang: "zh-Hans" }, title);
  const link = { href: url, rel: "noopener noreferrer external", target: "_blank" };
  const known = [
    url ? make("a", link, name) : name,
    day && make("time", { datetime: day }, day),
    publisher && make("span", { lang: "zh-Hans" }, publisher),
  ].filter(Boolean);
  return make("p", { class: "article" }, ...known.flatMap((part, at) => (at ? [" · ", part] : [part])));
}

const formats = new Map();
function formatter(options) {
  const key = `${state.lang} ${options.notation}`;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(state.lang === "zh" ? "zh-Hans" : "en", options));
  return formats.get(key);
}

function format(number) {
  return formatter({ maximumFractionDigits: 12 }).format(number);
}

// 1,600亿 and 160B are quicker to read than eleven zeros; smaller numbers stand as they are.
function compact(number) {
  if (Math.abs(number) < 1e6) return format(number);
  return formatter({ notation: "compact", maximumSignificantDigits: 6 }).format(number);
}
