'use strict';

const { legacy_createStore: createStore } = require('redux');

const store = createStore((state = { clicks: 0 }) => ({ clicks: state.clicks + 1 }));

class Panel {
  constructor(id) {
    this.id = id;
    this.cells = Array.from({ length: 20 }, (_, cell) => ({ id, cell }));
    store.subscribe(() => this.update());
  }

  update() {
    this.clicks = store.getState().clicks;
  }
}

let panels = 0;

async function round() {
  for (let panel = 0; panel < 60; panel++) new Panel(panels++);
  store.dispatch({ type: 'click' });
}

module.exports = { round };
