import type { GateReport } from '../base/gate-types.js';
import type { ScanReport } from '../base/scan-types.js';
import type { Analysis } from '../base/types.js';
import type { DiffReport } from './diff.js';
export class ReportRedaction {
  readonly level: 'names' | 'full';
  constructor(level: 'names' | 'full', _key: Uint8Array | undefined) {
    this.level = level;
  }
  analysis(a: Analysis): Analysis {
    return a;
  }
  gate(g: GateReport): GateReport {
    return g;
  }
  diff(g: DiffReport): DiffReport {
    return g;
  }
  scan(report: ScanReport, analysis: Analysis | undefined) {
    return { report, analysis };
  }
}
