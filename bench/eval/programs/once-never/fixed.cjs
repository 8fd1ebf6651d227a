'use strict';

const { EventEmitter } = require('node:events');

class Press extends EventEmitter {
  constructor(model) {
    super();
    this.model = model;
    this.sheets = 0;
    this.setMaxListeners(0);
  }

  print(job) {
    for (let copy = 0; copy < job.copies; copy++) {
      for (const page of job.pages) {
        this.sheets++;
        if (page.ink > 400) this.emit('jammed', page);
      }
    }
    this.emit('printed', job);
  }
}

class PrintJob {
  constructor(number, customer, pages, copies) {
    this.number = number;
    this.customer = customer;
    this.pages = pages;
    this.copies = copies;
    this.state = 'queued';
  }

  hold(page) {
    this.state = `held at page ${page.number}`;
  }
}

const press = new Press('Offset 74');
const paperPrices = { matt: 0.021, gloss: 0.034, recycled: 0.019 };
const lastInvoices = [];

press.on('printed', (job) => {
  job.state = 'printed';
});

function layout(number, k) {
  const length = 6 + ((number * 5 + k * 3) % 9);
  return Array.from({ length }, (_, i) => ({ number: i + 1, ink: (i * 37 + number) % 300, plate: `${number}/${i}` }));
}

function invoice(job, paper) {
  const amount = job.pages.length * job.copies * paperPrices[paper];
  lastInvoices.push(`${job.customer} ${job.number} ${amount.toFixed(2)}`);
  if (lastInvoices.length > 30) lastInvoices.shift();
  return amount;
}

function run(job, paper) {
  if (paper !== 'gloss') {
    press.print(job);
    return invoice(job, paper);
  }
  // Coated paper jams; the operator wants such a job put on hold, not lost.
  const onJam = (page) => job.hold(page);
  press.once('jammed', onJam);
  press.print(job);
  press.off('jammed', onJam);
  return invoice(job, paper);
}

async function round(k) {
  const papers = Object.keys(paperPrices);
  let revenue = 0;
  for (let i = 0; i < 240; i++) {
    const number = k * 240 + i;
    const job = new PrintJob(number, `studio ${number % 23}`, layout(number, k), 1 + (number % 3));
    revenue += run(job, papers[(number * 7 + (k % 4)) % papers.length]);
  }
  return { revenue, sheets: press.sheets };
}

module.exports = { round };
