// A field of an object that lives as long as the test.
// Holder: sessions|Server

class Session {
  constructor(id) {
    this.id = id;
    this.cart = [{ item: id }];
  }
}
class Server {
  sessions = new Map();
  open(id) {
    this.sessions.set(id, new Session(id));
  }
}
const server = new Server();
export function call(n) {
  server.open(n);
}
