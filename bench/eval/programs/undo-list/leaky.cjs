// Seating plan editor of a theatre: one shared plan, many small edits, each of them can be taken back.
const ROWS = 14;
const SEATS = 22;

class UndoState {
  constructor(label, touched, earlier) {
    this.label = label;
    this.touched = touched;
    this.earlier = earlier;
  }
}

class PlanEditor {
  constructor() {
    this.seats = Array.from({ length: ROWS * SEATS }, (_, at) => ({ id: at, status: 'free', holder: '' }));
    this.latest = null;
    this.depth = 0;
  }

  remember(label, ids) {
    const touched = ids.map((id) => ({ id, status: this.seats[id].status, holder: this.seats[id].holder }));
    this.latest = new UndoState(label, touched, this.latest);
    this.depth++;
  }

  apply(label, ids, status, holder) {
    this.remember(label, ids);
    for (const id of ids) {
      this.seats[id].status = status;
      this.seats[id].holder = holder;
    }
  }

  undo() {
    const state = this.latest;
    if (state === null) return false;
    for (const { id, status, holder } of state.touched) Object.assign(this.seats[id], { status, holder });
    this.latest = state.earlier;
    this.depth--;
    return true;
  }

  free() {
    return this.seats.reduce((count, seat) => count + (seat.status === 'free' ? 1 : 0), 0);
  }
}

const editor = new PlanEditor();

function block(row, from, length) {
  const ids = [];
  for (let at = 0; at < length; at++) ids.push(row * SEATS + ((from + at) % SEATS));
  return ids;
}

const commands = {
  reserve: ({ row, from, size, party }) => editor.apply(`reserve for ${party}`, block(row, from, size), 'held', party),
  release: ({ row, from, size }) => editor.apply(`release row ${row}`, block(row, from, size), 'free', ''),
  sell: ({ row, from, size, party }) => editor.apply(`sell to ${party}`, block(row, from, size), 'sold', party),
  undo: () => editor.undo(),
};
const ORDER = ['reserve', 'sell', 'release', 'reserve', 'release', 'undo', 'sell', 'release'];

async function round(k) {
  const steps = 210 + ((k * 53) % 60);
  for (let at = 0; at < steps; at++) {
    const number = k * 300 + at;
    commands[ORDER[at % ORDER.length]]({
      row: number % ROWS,
      from: (number * 5) % SEATS,
      size: 2 + (number % 5),
      party: `party ${number}`,
    });
  }
  return { free: editor.free(), depth: editor.depth };
}

module.exports = { round };
