// How a plot is drawn, by Chart.js, in the colours of the style; what it shows is also said in words.
const drawn = new Map();
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);

// `pick` is told the key of a bar that is clicked; a bar whose key is null is no choice.
function drawBars(id, bars, { title, hint, heads, pick, isLying }) {
  describePlot(id, title, [sayMost(bars), hint].filter(Boolean).join(WORDS[state.lang].and));
  const filled = bars.filter((bar) => bar.count);
  fillTable(document.querySelector(`[data-of=${id}]`), heads, filled.map((bar) => [bar.label, format(bar.count)]));
  const isChoice = ([hit]) => Boolean(pick && hit && bars[hit.index].key !== null);
  draw(id, "bar", bars.map((bar) => bar.label), {
    data: bars.map((bar) => bar.count || null),
    backgroundColor: colour("bar"),
    hoverBackgroundColor: colour("accent"),
    borderRadius: 2,
    maxBarThickness: 42,
    minBarLength: 2,
  }, {
    indexAxis: isLying ? "y" : "x",
    onClick: (_, hits) => isChoice(hits) && pick(bars[hits[0].index].key),
    onHover: ({ native }, hits) => native.target.classList.toggle("choice", isChoice(hits)),
    scales: {
      [isLying ? "y" : "x"]: axis({ grid: { display: false } }, { autoSkip: !isLying }),
      [isLying ? "x" : "y"]: axis({ beginAtZero: true, display: !isLying }, { precision: 0, maxTicksLimit: 5, callback: compact }),
    },
    layout: { padding: { right: isLying ? 44 : 0 } },
  }, isLying ? [countsBehindBars] : []);
}

function sayMost(bars) {
  const [most, next] = [...bars].sort((a, b) => b.count - a.count);
  return most && most.count > (next?.count ?? 0) ? WORDS[state.lang].most(most.label, format(most.count)) : null;
}

const countsBehindBars = {
  id: "counts",
  afterDatasetsDraw(chart) {
    const { ctx, data } = chart;
    ctx.save();
    ctx.fillStyle = colour("quiet");
    ctx.font = `12px ${Chart.defaults.font.family}`;
    ctx.textBaseline = "middle";
    chart.getDatasetMeta(0).data.forEach(({ x, y }, at) => ctx.fillText(format(data.datasets[0].data[at]), x + 6, y));
    ctx.restore();
  },
};

function drawDots(id, dots, { title, hint, describeDot }) {
  describePlot(id, title, hint);
  draw(id, "scatter", undefined, { data: dots, backgroundColor: colour("dot"), radius: 4, hoverRadius: 6 }, {
    scales: {
      x: axis({ type: "linear" }, { callback: describeTime }),
      y: axis({ type: "logarithmic" }, { callback: (number) => (isRound(number) ? compact(number) : null) }),
    },
    plugins: tooltips({ label: ({ raw }) => describeDot(raw.row) }),
  });
}

// Tick labels: whole years, or months where ticks are closer than a year; none twice.
function describeTime(time, at, ticks) {
  const isLong = ticks.at(-1).value - ticks[0].value > 3;
  const label = isLong ? wholeYear(time) : yearAndMonth(time);
  return at && !isLong && label === yearAndMonth(ticks[at - 1].value) ? null : label;
}

function wholeYear(time) {
  return Number.isInteger(time) ? String(time) : null;
}

function yearAndMonth(time) {
  const month = Math.floor((time % 1) * 12 + 1e-9) + 1;
  return `${Math.floor(time)}-${String(month).padStart(2, "0")}`;
}

function isRound(number) {
  return /^[125]0*$|^0\.0*[125]$/.test(String(number));
}

function describePlot(id, title, hint) {
  const [name, rest] = element(`${id}-title`).querySelectorAll(":scope > strong, :scope > span");
  [name.textContent, rest.textContent] = [title, hint];
  element(id).setAttribute("aria-label", WORDS[state.lang].plot(title, hint));
}

function axis(options, ticks) {
  return { border: { display: false }, ...options, ticks: { maxRotation: 0, autoSkipPadding: 8, ...ticks } };
}

function tooltips(callbacks = {}) {
  return { legend: { display: false }, tooltip: { displayColors: false, callbacks } };
}

function draw(id, type, labels, dataset, options, plugins = []) {
  Object.assign(Chart.defaults, { animation: false, maintainAspectRatio: false });
  Object.assign(Chart.defaults, { color: colour("quiet"), borderColor: colour("line") });
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  drawn.get(id)?.destroy();
  const config = { type, data: { labels, datasets: [dataset] }, options: { plugins: tooltips(), ...options }, plugins };
  drawn.set(id, new Chart(element(id), config));
}
