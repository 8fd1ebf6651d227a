'use strict';

const increments = [
  { upTo: 100, step: 5 },
  { upTo: 1000, step: 25 },
  { upTo: Number.POSITIVE_INFINITY, step: 100 },
];

class Lot {
  constructor(number, title, reserve) {
    this.number = number;
    this.title = title;
    this.reserve = reserve;
    this.price = 0;
    this.leader = null;
  }

  minimumBid() {
    return this.price + increments.find(({ upTo }) => this.price < upTo).step;
  }

  accept(bid) {
    if (bid.amount < this.minimumBid()) return false;
    this.price = bid.amount;
    this.leader = bid.paddle;
    return true;
  }
}

class Archivist {
  constructor() {
    this.pages = 0;
    this.checksum = 0;
  }

  file(text) {
    this.pages++;
    for (let i = 0; i < text.length; i += 16) this.checksum = (this.checksum * 31 + text.charCodeAt(i)) % 1_000_003;
  }
}

class SaleRoom {
  constructor(name) {
    this.name = name;
    this.minutes = '';
    this.archivist = new Archivist();
    this.results = [];
  }

  write(line) {
    this.minutes += line;
    this.minutes += '\n';
  }

  fileMinutes() {
    this.archivist.file(this.minutes);
    this.minutes = '';
  }

  sell(lot, bids) {
    this.write(`Lot ${lot.number} opens: ${lot.title}`);
    for (const bid of bids) {
      const verdict = lot.accept(bid) ? 'accepted' : 'refused';
      this.write(`lot ${lot.number}: paddle ${bid.paddle} offers ${bid.amount}, ${verdict}`);
    }
    const sold = lot.leader !== null && lot.price >= lot.reserve;
    this.write(sold ? `Sold to paddle ${lot.leader} for ${lot.price}` : `Lot ${lot.number} passed`);
    this.results.push({ lot: lot.number, price: sold ? lot.price : 0 });
    if (this.results.length > 40) this.results.shift();
    return sold;
  }
}

const room = new SaleRoom('Lange Voorhout');
const objects = ['brass barometer', 'walnut cabinet', 'Delft plate', 'ship model', 'silver ladle'];

function bidsFor(lot, k) {
  const bids = [];
  let amount = 10 + (lot.number % 7) * 5;
  for (let i = 0; i < 4 + ((lot.number * 3 + k) % 6); i++) {
    bids.push({ paddle: 1 + ((lot.number + i * 7) % 60), amount });
    amount += i % 3 === 2 ? 1 : 30;
  }
  return bids;
}

async function round(k) {
  let sold = 0;
  for (let i = 0; i < 45; i++) {
    const lot = new Lot(k * 45 + i + 1, objects[(i + k) % objects.length], 60 + (i % 4) * 20);
    if (room.sell(lot, bidsFor(lot, k))) sold++;
  }
  return { sold, turnover: room.results.reduce((sum, { price }) => sum + price, 0) };
}

module.exports = { round, close: () => room.fileMinutes() };
