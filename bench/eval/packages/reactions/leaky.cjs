'use strict';

const { autorun, configure, observable, runInAction } = require('mobx');

configure({ enforceActions: 'never' });
const store = observable({ count: 0 });

function mount(id) {
  const view = { id, rows: new Array(30).fill(id) };
  autorun(() => {
    view.count = store.count;
  });
}

let views = 0;

async function round() {
  for (let view = 0; view < 80; view++) mount(views++);
  runInAction(() => {
    store.count++;
  });
}

module.exports = { round };
