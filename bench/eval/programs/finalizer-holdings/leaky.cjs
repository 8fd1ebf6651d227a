'use strict';

const budget = { slots: 100_000, detail: [48, 24, 12] };

class SlotPool {
  constructor() {
    this.highest = 0;
    this.unused = [];
  }

  take() {
    const slot = this.unused.pop() ?? ++this.highest;
    if (slot > budget.slots) throw new Error(`all ${budget.slots} slots are taken`);
    return slot;
  }

  free(slot) {
    this.unused.push(slot);
  }
}

const pool = new SlotPool();

// Scenes drop meshes without telling anyone, so the slot is given back when the mesh is collected.
const reclaimer = new FinalizationRegistry((release) => release());

class Mesh {
  constructor(name, detail) {
    this.name = name;
    this.slot = pool.take();
    this.vertices = [];
    for (let i = 0; i < budget.detail[detail]; i++) this.vertices.push(Math.cos(i), Math.sin(i));
    reclaimer.register(this, () => pool.free(this.slot));
  }

  area() {
    let sum = 0;
    for (let i = 2; i < this.vertices.length; i += 2) {
      const [ax, ay, bx, by] = this.vertices.slice(i - 2, i + 2);
      sum += ax * by - ay * bx;
    }
    return Math.abs(sum) / 2;
  }
}

class Scene {
  constructor(title) {
    this.title = title;
    this.nodes = [];
  }

  add(mesh, depth) {
    this.nodes.push({ mesh, depth });
  }

  render() {
    this.nodes.sort((a, b) => a.depth - b.depth);
    return this.nodes.reduce((covered, { mesh, depth }) => covered + mesh.area() / (1 + depth), 0);
  }
}

const props = ['crate', 'lantern', 'barrel', 'statue', 'fern'];
const thumbnails = new Map();

function preview(title, seed) {
  const scene = new Scene(title);
  for (let i = 0; i < 3 + (seed % 4); i++) scene.add(new Mesh(props[(seed + i) % props.length], (seed + i) % 3), i);
  const covered = scene.render().toFixed(2);
  thumbnails.delete(title);
  thumbnails.set(title, covered);
  if (thumbnails.size > 20) thumbnails.delete(thumbnails.keys().next().value);
  return covered;
}

async function round(k) {
  let longest = 0;
  for (let i = 0; i < 55; i++) longest = Math.max(longest, preview(`level ${(i + k * 3) % 40}`, k * 7 + i * 5).length);
  return { longest, slots: pool.highest };
}

module.exports = { round };
