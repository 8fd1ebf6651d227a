'use strict';

const carriers = ['PNL', 'DPX', 'GLS', 'UTS'];
const customs = { threshold: 150, forms: ['CN22', 'CN23'] };

// Tracking codes of parcels with an open customs question.
const openQuestions = [];
const perCarrier = new Map(carriers.map((carrier) => [carrier, 0]));

class Parcel {
  constructor(fields) {
    this.carrier = fields.carrier;
    this.value = Number(fields.value);
    this.weight = Number(fields.weight);
    this.country = fields.country;
  }

  needsForm() {
    return this.country !== 'NL' && this.value > customs.threshold;
  }
}

function parseHeader(manifest) {
  const fields = {};
  for (const line of manifest.slice(0, manifest.indexOf('\n\n')).split('\n')) {
    const colon = line.indexOf(':');
    fields[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return fields;
}

function trackingCode(manifest) {
  const start = manifest.indexOf('tracking ') + 'tracking '.length;
  const code = manifest.slice(start, manifest.indexOf('\n', start));
  // A copy: the slice would keep the whole manifest alive.
  return Buffer.from(code, 'latin1').toString('latin1');
}

function receive(manifest) {
  const parcel = new Parcel(parseHeader(manifest));
  perCarrier.set(parcel.carrier, perCarrier.get(parcel.carrier) + 1);
  if (!parcel.needsForm()) return 'cleared';
  openQuestions.push(trackingCode(manifest));
  if (openQuestions.length > 60) openQuestions.shift();
  return parcel.value > 1000 ? customs.forms[1] : customs.forms[0];
}

function nextQuestion() {
  return openQuestions.length === 0 ? 'nothing open' : `asking about ${openQuestions[openQuestions.length - 1]}`;
}

function writeManifest(k, i, random) {
  const carrier = carriers[random(carriers.length)];
  const lines = [
    `carrier:${carrier}`,
    `value:${random(400)}`,
    `weight:${1 + random(30)}`,
    `country:${['NL', 'CH', 'NO', 'GB'][random(4)]}`,
    '',
    `tracking ${carrier}-${String(k * 1000 + i).padStart(9, '0')}-${random(90) + 10}`,
  ];
  for (let n = 40 + random(60); n > 0; n--)
    lines.push(`item ${n} qty ${1 + random(9)} tariff ${6_100_000 + random(90_000)} origin CN`);
  return lines.join('\n');
}

function xorshift(seed) {
  let x = seed;
  return (limit) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % limit;
  };
}

async function round(k) {
  const random = xorshift(88_172 + k * 101);
  const outcome = { cleared: 0, CN22: 0, CN23: 0 };
  for (let i = 0; i < 140; i++) outcome[receive(writeManifest(k, i, random))]++;
  return { outcome, next: nextQuestion() };
}

module.exports = { round };
