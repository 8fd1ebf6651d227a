// Access log of a radio station: log lines are split, repeated words are stored once.
const HOSTS = ['stream-a', 'stream-b', 'cdn', 'archive', 'studio', 'relay'];
const PROGRAMMES = ['jazz', 'news', 'drama', 'chess', 'garden', 'weather', 'folk', 'science'];
const PLAYERS = ['vlc', 'foobar', 'winamp', 'browser', 'carplay', 'speaker'];

const interned = new Map();

function intern(text) {
  const known = interned.get(text);
  if (known !== undefined) return known;
  interned.set(text, text);
  return text;
}

class LogRecord {
  constructor(host, path, player, bytes) {
    this.host = host;
    this.path = path;
    this.player = player;
    this.bytes = bytes;
  }
}

const LINE = /^(\S+) "GET (\S+)" "([^"]+)" (\d+)$/;

function parse(line) {
  const match = LINE.exec(line);
  if (match === null) return undefined;
  return new LogRecord(intern(match[1]), intern(match[2]), intern(match[3]), Number(match[4]));
}

class Window {
  constructor(length) {
    this.length = length;
    this.records = [];
  }

  add(record) {
    this.records.push(record);
    if (this.records.length > this.length) this.records.shift();
  }

  top(field) {
    const sums = new Map();
    for (const record of this.records) sums.set(record[field], (sums.get(record[field]) ?? 0) + record.bytes);
    return [...sums].sort(([, one], [, other]) => other - one)[0];
  }
}

const lately = new Window(400);

let mixer = 3;
function pick(list) {
  mixer = (mixer * 39_373) % 2_147_483_647;
  return list[(mixer >> 4) % list.length];
}

function lineOf(hour, at) {
  if (at % 61 === 60) return '-- rotated --';
  const path = `/${pick(PROGRAMMES)}/${hour % 3}/${pick(['low', 'mid', 'high'])}.ogg`;
  return `${pick(HOSTS)} "GET ${path}" "${pick(PLAYERS)}/${1 + (at % 9)}.0" ${1_000 + ((at * 977) % 90_000)}`;
}

async function round(k) {
  let broken = 0;
  for (let at = 0; at < 395; at++) {
    const record = parse(lineOf(k, at));
    if (record === undefined) broken++;
    else lately.add(record);
  }
  return { broken, words: interned.size, host: lately.top('host'), path: lately.top('path') };
}

module.exports = { round };
