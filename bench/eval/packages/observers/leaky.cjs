'use strict';

const { Subject } = require('rxjs');
const { filter, map } = require('rxjs/operators');

const prices = new Subject();

class Ticker {
  constructor(symbol) {
    this.symbol = symbol;
    this.history = new Array(50).fill(0);
    prices
      .pipe(
        filter((price) => price.symbol === symbol),
        map((price) => price.value),
      )
      .subscribe((value) => {
        this.last = value;
      });
  }
}

let symbols = 0;

async function round() {
  for (let ticker = 0; ticker < 100; ticker++) new Ticker(symbols++);
  prices.next({ symbol: 1, value: 2 });
}

module.exports = { round };
