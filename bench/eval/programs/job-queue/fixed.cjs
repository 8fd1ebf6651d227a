// Print shop: orders are split into jobs for the presses and taken in order of arrival.
const SHEETS_PER_MINUTE = { offset: 160, digital: 60, plotter: 2 };
const PRESSES = Object.keys(SHEETS_PER_MINUTE);

class PrintJob {
  constructor(order, press, sheets, settings) {
    this.order = order;
    this.press = press;
    this.sheets = sheets;
    this.settings = settings;
  }

  minutes() {
    return this.sheets / SHEETS_PER_MINUTE[this.press] + (this.settings.duplex ? 2 : 0);
  }
}

class JobQueue {
  constructor(press) {
    this.press = press;
    this.jobs = [];
    this.cursor = 0;
  }

  put(job) {
    this.jobs.push(job);
  }

  take() {
    if (this.cursor === this.jobs.length) return undefined;
    const job = this.jobs[this.cursor++];
    if (this.cursor >= 16) {
      this.jobs.splice(0, this.cursor);
      this.cursor = 0;
    }
    return job;
  }

  get waiting() {
    return this.jobs.length - this.cursor;
  }
}

const queues = new Map(PRESSES.map((press) => [press, new JobQueue(press)]));
const printed = { jobs: 0, minutes: 0, byPaper: { matte: 0, gloss: 0, recycled: 0 } };

function split(order) {
  return order.parts.map((part) => {
    const press = part.width > 100 ? 'plotter' : part.sheets > 500 ? 'offset' : 'digital';
    return new PrintJob(order.id, press, part.sheets, {
      paper: part.paper,
      duplex: part.sheets > 1,
      profile: `${part.paper}-${press}-${part.width}`,
    });
  });
}

function accept(order) {
  const jobs = split(order);
  for (const job of jobs) queues.get(job.press).put(job);
  return jobs.length;
}

function work(queue, limit) {
  for (let done = 0; done < limit; done++) {
    const job = queue.take();
    if (job === undefined) return;
    printed.jobs++;
    printed.minutes += job.minutes();
    printed.byPaper[job.settings.paper]++;
  }
}

function makeOrder(number) {
  const papers = ['matte', 'gloss', 'recycled'];
  const parts = [];
  for (let at = 0; at <= number % 3; at++) {
    const seed = number * 17 + at * 29;
    parts.push({ width: 20 + (seed % 110), sheets: 1 + (seed % 900), paper: papers[seed % papers.length] });
  }
  return { id: `order-${number}`, parts };
}

async function round(k) {
  for (let at = 0; at < 260; at++) {
    accept(makeOrder(k * 260 + at));
    if (at % 10 === 9) for (const queue of queues.values()) work(queue, 40);
  }
  return { ...printed, waiting: [...queues.values()].map((queue) => queue.waiting) };
}

module.exports = { round };
