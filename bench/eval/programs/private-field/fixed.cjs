// Pharmacy counter: prescriptions are checked against each other and every decision goes into the journal.
const INTERACTIONS = new Set(['aspirin+warfarin', 'ibuprofen+lithium', 'grapefruit+statin', 'digoxin+quinidine']);
const DRUGS = ['aspirin', 'warfarin', 'ibuprofen', 'lithium', 'statin', 'digoxin', 'quinidine', 'insulin', 'codeine'];

class JournalEntry {
  constructor(patient, drugs, verdict) {
    this.patient = patient;
    this.drugs = drugs;
    this.verdict = verdict;
    this.text = `${patient}: ${drugs.join(', ')} ${verdict.ok ? 'dispensed' : `refused (${verdict.pair})`}`;
  }
}

const JOURNAL_LINES = 150;

class Journal {
  #entries = [];
  #refusals = 0;

  write(entry) {
    this.#entries.push(entry);
    if (this.#entries.length > JOURNAL_LINES) this.#entries.shift();
    if (!entry.verdict.ok) this.#refusals++;
  }

  lastPage(lines = 20) {
    return this.#entries
      .slice(-lines)
      .map((entry) => entry.text)
      .join('\n');
  }

  get refusals() {
    return this.#refusals;
  }
}

const journal = new Journal();
const stock = new Map(DRUGS.map((drug) => [drug, 400]));

function check(drugs) {
  const sorted = [...drugs].sort();
  for (let left = 0; left < sorted.length; left++) {
    for (let right = left + 1; right < sorted.length; right++) {
      const pair = `${sorted[left]}+${sorted[right]}`;
      if (INTERACTIONS.has(pair)) return { ok: false, pair };
    }
  }
  return { ok: true, pair: '' };
}

function takeFromStock(drugs) {
  for (const drug of drugs) {
    const left = stock.get(drug) - 1;
    stock.set(drug, left < 40 ? left + 400 : left);
  }
}

function dispense({ patient, drugs }) {
  const verdict = check(drugs);
  if (verdict.ok) takeFromStock(drugs);
  journal.write(new JournalEntry(patient, drugs, verdict));
  return verdict.ok;
}

function prescription(number) {
  const drugs = [];
  for (let at = 0; at <= number % 4; at++) drugs.push(DRUGS[(number * 3 + at * 5) % DRUGS.length]);
  return { patient: `patient-${(number * 37) % 10_000}`, drugs };
}

async function round(k) {
  let dispensed = 0;
  for (let at = 0; at < 190; at++) {
    if (dispense(prescription(k * 190 + at))) dispensed++;
  }
  return { dispensed, refusals: journal.refusals, page: journal.lastPage().length };
}

module.exports = { round };
