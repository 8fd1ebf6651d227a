// Wind farm reports: every sheet has its own formulas, each of them is compiled on first use.
const COLUMNS = ['speed', 'gust', 'power', 'pitch', 'yaw', 'temp'];
const SHEETS = {
  energy: ['power * 0.25', 'power * speed / 12', 'Math.min(power, 3000)', 'power > 2400 ? power - 2400 : 0'],
  loads: ['gust * gust * 0.6', '(gust - speed) / speed', 'Math.sqrt(gust * pitch)', 'gust > 25 ? 1 : 0'],
  control: ['pitch - speed * 1.4', 'Math.abs(yaw) > 8 ? 1 : 0', 'pitch * yaw / 90', 'Math.hypot(pitch, yaw)'],
  climate: ['temp * 1.8 + 32', 'temp < 3 ? 1 : 0', '1.292 * 273 / (273 + temp)', 'temp - speed * 0.7'],
  noise: ['Math.log10(1 + speed) * 50', 'speed * 2.4 + 70', 'gust > 15 ? 3 : 1', 'Math.log2(2 + power)'],
  wear: ['pitch * 0.002 + yaw * 0.001', 'Math.pow(gust / 20, 3)', 'power / 3000', 'temp > 30 ? power : 0'],
};
const names = Object.keys(SHEETS);

class Statistics {
  constructor() {
    this.count = 0;
    this.sum = 0;
    this.squares = 0;
    this.highest = Number.NEGATIVE_INFINITY;
  }

  add(value) {
    this.count++;
    this.sum += value;
    this.squares += value * value;
    if (value > this.highest) this.highest = value;
  }

  get deviation() {
    const mean = this.sum / this.count;
    return Math.sqrt(Math.max(0, this.squares / this.count - mean * mean));
  }
}

const compiled = new Map();

function formula(text) {
  let evaluate = compiled.get(text);
  if (evaluate === undefined) {
    evaluate = new Function(...COLUMNS, `return ${text};`);
    compiled.set(text, evaluate);
  }
  return evaluate;
}

function sample(turbine, minute) {
  const speed = 3 + ((turbine * 7 + minute) % 22) + (minute % 10) / 10;
  return [
    speed,
    speed * 1.3 + (minute % 4),
    Math.min(3_000, speed ** 3 * 1.9),
    minute % 30,
    (turbine % 21) - 10,
    4 + (minute % 28),
  ];
}

const layouts = [
  (rows) => rows.map((row) => `${row.text};${row.mean.toFixed(3)};${row.deviation.toFixed(3)}`).join('\n'),
  (rows) => JSON.stringify(rows),
  (rows) =>
    `<table>${rows.map(({ text, mean }) => `<tr><td>${text}</td><td>${Math.round(mean)}</td></tr>`).join('')}</table>`,
];

function report(sheet) {
  return SHEETS[sheet].map((text) => {
    const evaluate = formula(text);
    const statistics = new Statistics();
    for (let turbine = 0; turbine < 30; turbine++) {
      for (let minute = 0; minute < 240; minute++) statistics.add(evaluate(...sample(turbine, minute)));
    }
    return { text, mean: statistics.sum / statistics.count, deviation: statistics.deviation };
  });
}

async function round(k) {
  let length = 0;
  for (let turn = 0; turn < 2; turn++)
    length += layouts[(k + turn) % layouts.length](report(names[k % names.length])).length;
  return { sheet: names[k % names.length], length };
}

module.exports = { round };
