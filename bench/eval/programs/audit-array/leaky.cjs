'use strict';

const formulary = {
  N02BE01: { name: 'paracetamol', maximum: 4000, controlled: false },
  N02AA01: { name: 'morphine', maximum: 200, controlled: true },
  J01CA04: { name: 'amoxicillin', maximum: 3000, controlled: false },
  N05BA01: { name: 'diazepam', maximum: 40, controlled: true },
  C07AB02: { name: 'metoprolol', maximum: 400, controlled: false },
};
const codes = Object.keys(formulary);

const auditTrail = [];
const stock = new Map(codes.map((code) => [code, 5000]));

class Prescription {
  constructor(patient, code, dose, ward) {
    this.patient = patient;
    this.code = code;
    this.dose = dose;
    this.ward = ward;
  }
}

class AuditRecord {
  constructor(sequence, prescription, outcome) {
    this.sequence = sequence;
    this.patient = prescription.patient;
    this.medicine = formulary[prescription.code].name;
    this.outcome = outcome;
    this.checks = { dose: prescription.dose, ward: prescription.ward, pharmacist: `ph-${sequence % 7}` };
  }
}

let sequence = 0;

function audit(prescription, outcome) {
  auditTrail.push(new AuditRecord(++sequence, prescription, outcome));
}

function dispense(prescription) {
  const medicine = formulary[prescription.code];
  if (prescription.dose > medicine.maximum) {
    audit(prescription, 'refused');
    return false;
  }
  const left = stock.get(prescription.code) - 1;
  stock.set(prescription.code, left < 100 ? 5000 : left);
  if (medicine.controlled) audit(prescription, 'dispensed');
  return true;
}

function recentAudits(ward) {
  return auditTrail.slice(-20).filter(({ checks }) => checks.ward === ward);
}

function label(prescription) {
  const { name } = formulary[prescription.code];
  return `${prescription.patient.toUpperCase()} ${name} ${prescription.dose} mg`;
}

function lehmer(seed) {
  let state = seed;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
}

async function round(k) {
  const draw = lehmer(7919 + k * 31);
  const wards = ['cardiology', 'surgery', 'paediatrics'];
  let labels = 0;
  for (let i = 0; i < 280; i++) {
    const code = codes[draw(codes.length)];
    const dose = 1 + draw(Math.round(formulary[code].maximum * 1.1));
    const prescription = new Prescription(`p${k}-${draw(10000)}`, code, dose, wards[draw(3)]);
    if (dispense(prescription)) labels += label(prescription).length;
  }
  return { labels, recent: recentAudits('surgery').length };
}

module.exports = { round };
