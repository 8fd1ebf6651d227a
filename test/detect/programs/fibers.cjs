'use strict';

// Objects with the names and shapes of React's fibers: a mounted tree, an unmounted one that a list keeps, one that is being deleted.

const v8 = require('node:v8');

class FiberRootNode {
  constructor() {
    this.containerInfo = {};
    this.current = null;
  }
}

class FiberNode {
  constructor(type, parent) {
    this.type = type;
    this.elementType = type;
    this.stateNode = null;
    this.return = parent;
    this.child = null;
    this.sibling = null;
    this.alternate = null;
    this.deletions = null;
    if (parent) this.sibling = parent.child;
    if (parent) parent.child = this;
  }
}

function App() {}
function Chart() {}
function Tooltip() {}
Tooltip.displayName = 'Fancy.Tooltip';

const root = new FiberRootNode();
const host = new FiberNode(null, null);
host.stateNode = root;
root.current = host;
const app = new FiberNode(App, host);
for (let i = 0; i < 20; i++) new FiberNode('li', app);

function unmounted(type, children) {
  const fiber = new FiberNode(type, null);
  for (let i = 0; i < children; i++) new FiberNode('div', fiber);
  return fiber;
}

class Subscriptions {
  constructor() {
    this.callbacks = [];
  }
}
const subscriptions = new Subscriptions();
for (let i = 0; i < 15; i++) {
  const fiber = unmounted(Chart, 4);
  // A callback made inside of the component holds what hangs below its fiber.
  subscriptions.callbacks.push({ element: `chart ${i}`, fiber: fiber.child });
}
for (let i = 0; i < 2; i++) subscriptions.callbacks.push({ element: `tip ${i}`, fiber: unmounted(Tooltip, 0) });
app.deletions = [unmounted(Tooltip, 3)];

globalThis.root = root;
globalThis.subscriptions = subscriptions;

globalThis.gc?.();
v8.writeHeapSnapshot(process.argv[2]);
