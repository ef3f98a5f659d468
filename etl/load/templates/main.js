// One direction: the address sets the state, the state draws the page, events change the address.
const LABELS = {
  unit: (key) => unitLabel(key === BARE ? "" : key, state.lang),
  region: (key) => regions[key]?.[state.lang] ?? key,
  year: (key) => key,
  publisher: (key) => key,
};

function render() {
  renderLanguage();
  renderView();
  if (state.view === "metrics") renderMetrics();
}

function renderLanguage() {
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  document.title = WORDS[state.lang].title;
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === state.lang);
  }
}

function renderView() {
  for (const part of document.querySelectorAll("[data-view]")) part.hidden = part.dataset.view !== state.view;
  for (const link of document.querySelectorAll("[data-to]")) {
    link.hash = address({ view: link.dataset.to, entry: "" });
    if (link.dataset.to === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const link of document.querySelectorAll("[data-entry]")) {
    link.hash = address({ view: "dictionary", entry: link.dataset.entry });
  }
  for (const link of document.querySelectorAll("[data-publisher]")) {
    link.hash = address({ publisher: link.dataset.publisher, page: 1 });
  }
}

function renderMetrics() {
  const { rows, counts } = findRows();
  const words = WORDS[state.lang];
  if (element("q").value !== state.q) element("q").value = state.q;
  for (const name of Object.keys(LABELS)) renderFacet(name, counts[name]);
  fillSelect(element("by"), Object.entries(words.bases), state.by);
  fillSelect(element("sort"), Object.entries(words.sorts), state.sort);
  element("count").textContent = words.found(format(rows.length), format(release.count));
  element("clear").disabled = !CHOICES.some((name) => state[name]);
  renderList(rows);
  renderPlots(rows);
}

// Choices that would leave something: years by their order, others by what they leave.
function renderFacet(name, counts) {
  const words = WORDS[state.lang];
  const order = ([a, many], [b, few]) => (name === "year" ? b.localeCompare(a) : few - many);
  const found = [...counts].sort((a, b) => (a[0] === NONE) - (b[0] === NONE) || order(a, b));
  if (state[name] && !counts.has(state[name])) found.unshift([state[name], 0]);
  const label = (key) => (key === NONE ? words.none : LABELS[name](key));
  const options = found.map(([key, count]) => [key, `${label(key)} (${format(count)})`]);
  fillSelect(element(name), [["", words.all], ...options], state[name]);
}

function change(changes, isStep = true) {
  Object.assign(state, { page: 1, ...changes });
  writeAddress(isStep);
  render();
}

// A bar chosen twice is chosen no more.
function toggle(name, value) {
  change({ [name]: state[name] === value ? "" : value });
}

function follow() {
  const before = state.view;
  readAddress();
  render();
  if (state.view !== before) document.querySelector(`[data-view=${state.view}] :is(h1, h2)`).focus();
  showEntry();
}

// An entry of the dictionary, unfolded.
function showEntry() {
  const details = state.view === "dictionary" && element(`about-${state.entry}`)?.closest("details");
  if (!details) return;
  details.open = true;
  details.querySelector("summary").focus();
  details.scrollIntoView();
}

function turnPage(step) {
  change({ page: state.page + step });
  element("metrics").focus({ preventScroll: true });
  element("count").scrollIntoView();
}

// Pinyin on its way to characters is no word to search for.
let typing = null;
function search({ target, isComposing }) {
  clearTimeout(typing);
  if (!isComposing) typing = setTimeout(() => change({ q: target.value }, false), 120);
}

element("q").addEventListener("input", search);
element("q").addEventListener("compositionend", search);
element("filters").addEventListener("submit", (event) => event.preventDefault());
element("filters").addEventListener("reset", (event) => {
  event.preventDefault();
  change(Object.fromEntries(CHOICES.map((name) => [name, ""])));
  element("q").focus();
});
for (const name of ["unit", "region", "year", "publisher", "sort"]) {
  element(name).addEventListener("change", ({ target }) => change({ [name]: target.value }));
}
element("by").addEventListener("change", ({ target }) => change({ by: target.value, year: "" }));
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => turnPage(Number(button.dataset.step)));
}
for (const button of document.querySelectorAll("[data-language]")) {
  const chosen = { lang: button.dataset.language, chosen: true };
  button.addEventListener("click", () => change({ ...chosen, page: state.page }, false));
}
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address is taken: it keeps what is being looked at
  element("main").focus();
});
addEventListener("hashchange", follow);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);

document.documentElement.classList.add("live");
element("plots").open = !matchMedia("(max-width: 40rem)").matches; // there, the list comes first
readAddress();
render();
showEntry();
