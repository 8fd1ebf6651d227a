// Errors that are caught.

export function call(n) {
  try {
    JSON.parse(`{"n": ${n}`);
  } catch (error) {
    return error.message.length;
  }
}
