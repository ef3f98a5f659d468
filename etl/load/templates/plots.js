// What is plotted of the rows that match: when, how much in which unit, and both together.
const MOST_BARS = 10;
const MOST_DOTS = 2000;
const MOST_YEARS = 40;

function renderPlots(rows) {
  const unit = soleUnit(rows);
  plotTimeline(rows);
  if (unit === null) plotUnits(rows);
  else plotHistogram(rows, unit);
  plotValues(rows, unit);
}

function soleUnit(rows) {
  const used = metrics.unit.rows;
  return rows.length && rows.every((row) => used[row] === used[rows[0]]) ? valueOf("unit", rows[0]) : null;
}

function plotTimeline(rows) {
  const words = WORDS[state.lang];
  const byMonth = state.by === "publication" && /^\d{4}$/.test(state.year);
  const momentOf = byMonth ? (row) => articleOf(row).day.slice(0, 7) : (row) => keysAt(years[state.by], row)[0];
  const stated = rows.map(momentOf).filter((moment) => moment !== NONE);
  const missing = rows.length - stated.length;
  drawBars("timeline", byMonth ? countMonths(stated, state.year) : countYears(stated), {
    title: words.timeline,
    hint: words.timelineHint(missing ? format(missing) : ""),
    heads: [byMonth ? words.month : words.year, words.metrics],
    pick: byMonth ? null : (year) => toggle("year", year),
  });
}

function countMonths(stated, year) {
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}`);
  return months.map((month) => toBar(month, stated.filter((moment) => moment === month).length));
}

// Without gaps; where stray years far away would squeeze the rest, they share a bar at the end.
function countYears(stated) {
  const met = stated.map(Number).sort((a, b) => a - b);
  const isLong = met[met.length - 1] - met[0] > MOST_YEARS;
  const [first, last] = isLong ? [0.02, 0.98].map((part) => met[Math.floor(part * met.length)]) : [met[0], met.at(-1)];
  const within = Array.from({ length: met.length && last - first + 1 }, (_, at) => first + at);
  const counts = new Map(within.map((year) => [year, 0]));
  for (const year of met) if (counts.has(year)) counts.set(year, counts.get(year) + 1);
  return [
    { ...toBar(`< ${first}`, met.filter((year) => year < first).length), key: null },
    ...[...counts].map(([year, count]) => toBar(String(year), count)),
    { ...toBar(`> ${last}`, met.filter((year) => year > last).length), key: null },
  ].filter(({ key, count }) => key !== null || count);
}

function toBar(key, count, label = key) {
  return { key, label, count };
}

function plotUnits(rows) {
  const words = WORDS[state.lang];
  const counts = new Map();
  for (const unit of rows.map((row) => valueOf("unit", row))) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const bars = [...counts].map(([unit, count]) => toBar(unit || BARE, count, unitLabel(unit, state.lang)));
  const more = bars.length - MOST_BARS;
  drawBars("distribution", bars.sort((a, b) => b.count - a.count).slice(0, MOST_BARS), {
    title: words.units,
    hint: words.unitsHint(more > 0 ? format(more) : ""),
    heads: [words.unit, words.metrics],
    pick: (unit) => toggle("unit", unit),
    isLying: true,
  });
}

// Steps of 1, 2, 5, 10 ...: what people state spans many powers of ten.
function plotHistogram(rows, unit) {
  const words = WORDS[state.lang];
  const numbers = rows.map(numberOf).filter((number) => number > 0);
  const steps = stepsAround(numbers);
  const counts = steps.slice(1).map(() => 0);
  for (const number of numbers) counts[steps.findLastIndex((step) => step <= number)] += 1;
  const zeros = rows.length - numbers.length;
  const labels = counts.map((_, at) => `${compact(steps[at])}–${compact(steps[at + 1])}`);
  drawBars("distribution", counts.map((count, at) => toBar(null, count, labels[at])), {
    title: words.values,
    hint: words.valuesHint(unitLabel(unit, state.lang), zeros ? format(zeros) : ""),
    heads: [words.value, words.metrics],
  });
}

// From the last step at or below the least number to the first above the greatest.
function stepsAround(numbers) {
  if (!numbers.length) return [];
  const least = numbers.reduce((one, other) => Math.min(one, other));
  const most = numbers.reduce((one, other) => Math.max(one, other));
  const steps = [];
  for (let power = Math.floor(Math.log10(least)) - 1; power <= Math.log10(most) + 1; power += 1) {
    steps.push(...[1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
  }
  return steps.slice(steps.findLastIndex((step) => step <= least), steps.findIndex((step) => step > most) + 1);
}

function plotValues(rows, unit) {
  const words = WORDS[state.lang];
  const dated = unit === null ? [] : rows.filter((row) => numberOf(row) > 0 && timeOf(row) !== null);
  const every = Math.ceil(dated.length / MOST_DOTS);
  const dots = dated.filter((_, at) => at % every === 0).map((row) => ({ x: timeOf(row), y: numberOf(row), row }));
  element("values").closest("figure").hidden = dots.length < 2;
  if (dots.length < 2) return;
  const hint = words.scatterHint(unitLabel(unit, state.lang), format(dated.length));
  drawDots("values", dots, { title: words.scatter, hint, describeDot });
}

// The middle of its period, or the article's day, in years.
function timeOf(row) {
  const days = (state.by === "period" ? valueOf("period", row) : articleOf(row).day)?.split("/").filter(Boolean);
  if (!days) return null;
  const times = days.map((day) => day.split("-").map(Number)).map(([y, m, d]) => y + (m - 1) / 12 + (d - 1) / 372);
  return times.reduce((one, other) => one + other) / times.length;
}

function describeDot(row) {
  const [, surface] = quoteOf(row);
  return [`${valueOf("indicator", row) ?? ""} ${surface}`.trim(), articleOf(row).title.slice(0, 40)];
}
