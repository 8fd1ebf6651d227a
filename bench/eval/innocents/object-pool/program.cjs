// Fireworks simulation for the show designer: sparks are taken from a pool and go back when they are burnt out.
const GRAVITY = -9.81;
const STEP = 0.1;
const PALETTE = ['gold', 'crimson', 'teal', 'violet', 'white'];

class Spark {
  constructor() {
    this.position = [0, 0, 0];
    this.velocity = [0, 0, 0];
    this.trail = new Float64Array(24);
    this.colour = '';
    this.age = 0;
  }

  light(x, power, angle, colour) {
    this.position[0] = x;
    this.position[1] = 0;
    this.velocity[0] = Math.cos(angle) * power;
    this.velocity[1] = Math.sin(angle) * power;
    this.colour = colour;
    this.age = 0;
  }

  step() {
    this.velocity[1] += GRAVITY * STEP;
    this.position[0] += this.velocity[0] * STEP;
    this.position[1] += this.velocity[1] * STEP;
    this.trail[this.age % this.trail.length] = this.position[1];
    this.age++;
    return this.position[1] > 0;
  }
}

class SparkPool {
  constructor() {
    this.idle = [];
    this.created = 0;
  }

  take() {
    const spark = this.idle.pop();
    if (spark !== undefined) return spark;
    this.created++;
    return new Spark();
  }

  giveBack(spark) {
    this.idle.push(spark);
  }
}

const pool = new SparkPool();
const SHELLS = [60, 150, 240, 310, 180, 290, 120, 305, 90, 260];

function launch(shell, count) {
  const sparks = [];
  for (let at = 0; at < count; at++) {
    const spark = pool.take();
    const angle = Math.PI * (0.25 + (0.5 * at) / count);
    spark.light(shell * 3, 14 + (at % 9), angle, PALETTE[at % PALETTE.length]);
    sparks.push(spark);
  }
  return sparks;
}

function burn(sparks) {
  let peak = 0;
  let lit = sparks;
  while (lit.length > 0) {
    const still = [];
    for (const spark of lit) {
      if (spark.step()) still.push(spark);
      else pool.giveBack(spark);
      peak = Math.max(peak, spark.position[1]);
    }
    lit = still;
  }
  return peak;
}

async function round(k) {
  const count = SHELLS[k % SHELLS.length];
  let peak = 0;
  for (let shell = 0; shell < 4; shell++) peak = Math.max(peak, burn(launch(shell, count)));
  return { peak: peak.toFixed(2), created: pool.created, idle: pool.idle.length };
}

module.exports = { round };
