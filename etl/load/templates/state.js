// What is being looked at. The address after # keeps it, so that a link shows the same.
const CHOICES = ["q", "unit", "region", "year", "publisher"];
const VIEWS = ["metrics", "dictionary", "quality"];
const state = {};

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const oneOf = (name, allowed) => (allowed.includes(given.get(name)) ? given.get(name) : allowed[0]);
  state.view = oneOf("view", VIEWS);
  state.chosen = ["zh", "en"].includes(given.get("lang"));
  state.lang = state.chosen ? given.get("lang") : browserLanguage();
  state.by = oneOf("by", Object.keys(WORDS.en.bases));
  state.sort = oneOf("sort", Object.keys(WORDS.en.sorts));
  state.page = Math.max(1, parseInt(given.get("page"), 10) || 1);
  for (const name of [...CHOICES, "entry"]) state[name] = given.get(name) ?? "";
}

function browserLanguage() {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function address(changes = {}) {
  const to = { ...state, ...changes };
  const parts = new URLSearchParams();
  if (to.view !== "metrics") parts.set("view", to.view);
  if (to.view === "dictionary" && to.entry) parts.set("entry", to.entry);
  for (const name of CHOICES) if (to[name]) parts.set(name, to[name]);
  if (to.by !== "period") parts.set("by", to.by);
  if (to.sort !== "newest") parts.set("sort", to.sort);
  if (to.page > 1) parts.set("page", to.page);
  if (to.chosen) parts.set("lang", to.lang);
  return `#${parts}`;
}

// Typing replaces the address; a choice is a step that the browser's Back undoes.
function writeAddress(isStep) {
  if (location.hash === address() || (address() === "#" && !location.hash)) return;
  history[isStep ? "pushState" : "replaceState"](null, "", address());
}
