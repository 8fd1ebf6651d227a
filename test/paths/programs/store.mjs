// What exports.mjs gets by way of again.mjs.
class InExport {}
class InDefaultExport {}

export const cache = new Map([['a', new InExport()]]);
export default { items: [new InDefaultExport()] };
