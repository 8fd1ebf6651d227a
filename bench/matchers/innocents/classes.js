// Objects of a class, all let go of.

class Order {
  #lines = [];
  add(line) {
    this.#lines.push(line);
    return this;
  }
  get total() {
    return this.#lines.reduce((sum, { price }) => sum + price, 0);
  }
}
export function call(n) {
  const order = new Order();
  for (let at = 0; at < 50; at++) order.add({ price: at * n });
  return order.total;
}
