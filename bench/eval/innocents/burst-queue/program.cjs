// Concert tickets: on sale days the waiting room fills faster than the shop can serve, later it empties.
const SALE = [420, 380, 90, 40, 360, 330, 60, 30];
const SERVED_PER_ROUND = 230;

class Visitor {
  constructor(number, concert, wanted) {
    this.number = number;
    this.concert = concert;
    this.wanted = wanted;
    this.token = `w-${number.toString(36)}-${concert}`;
    this.enteredAt = number * 3;
  }
}

class WaitingRoom {
  constructor() {
    this.line = [];
    this.longest = 0;
  }

  enter(visitor) {
    this.line.push(visitor);
    this.longest = Math.max(this.longest, this.line.length);
    return this.line.length;
  }

  admit(count) {
    return this.line.splice(0, count);
  }
}

class Hall {
  constructor(name, seats) {
    this.name = name;
    this.seats = seats;
    this.left = seats;
  }

  sell(wanted) {
    const got = Math.min(wanted, this.left);
    this.left -= got;
    if (this.left === 0) this.left = this.seats;
    return got;
  }
}

const room = new WaitingRoom();
const halls = [new Hall('philharmonic', 1_800), new Hall('cellar', 120), new Hall('arena', 9_000)];
const revenue = new Map(halls.map((hall) => [hall.name, 0]));
let arrivals = 0;

function serve(visitor) {
  const hall = halls[visitor.concert % halls.length];
  const got = hall.sell(visitor.wanted);
  revenue.set(hall.name, revenue.get(hall.name) + got * 4_500);
  return { token: visitor.token, got, confirmation: `${hall.name}/${visitor.number}/${got}` };
}

async function round(k) {
  const arriving = SALE[k % SALE.length];
  const positions = [];
  for (let at = 0; at < arriving; at++) {
    const number = ++arrivals;
    positions.push(room.enter(new Visitor(number, number % 7, 1 + (number % 4))));
  }
  const receipts = room.admit(SERVED_PER_ROUND).map(serve);
  return {
    waiting: room.line.length,
    longest: room.longest,
    lastPosition: positions.at(-1),
    seats: receipts.reduce((sum, receipt) => sum + receipt.got, 0),
  };
}

module.exports = { round };
