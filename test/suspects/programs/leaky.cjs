// A mailbox that never lets go of a letter. Usage: node leaky.cjs LETTERS FILE…; as many letters again before each file.
const v8 = require('node:v8');

class Letter {
  constructor(number) {
    this.number = number;
    this.text = `letter ${number} `.repeat(20);
    this.stamps = [number, { paid: true }];
  }
}

class Mailbox {
  constructor() {
    this.letters = new Map();
  }

  post(letter) {
    this.letters.set(letter.number, letter);
  }
}

const mailbox = new Mailbox();
const [letters, ...files] = process.argv.slice(2);
for (const file of files) {
  const size = mailbox.letters.size;
  for (let number = size; number < size + Number(letters); number++) mailbox.post(new Letter(number));
  v8.writeHeapSnapshot(file);
}
