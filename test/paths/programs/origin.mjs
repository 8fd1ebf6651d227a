class InPassedExport {}

export const store = new Map([['a', new InPassedExport()]]);
export { store as cache };
