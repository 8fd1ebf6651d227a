import { createHash } from 'node:crypto';
import type { ScanAlert, ScanFinding } from '../base/scan-types.js';

/** Alerts are for what is sure: a positive verdict, and more confidence than this. */
const SURE = 0.92;
/** Milliseconds of event time within which the same is not told again. */
const QUIET = 300_000;
/** Names of alerts are derived under it (RFC 9562, version 5); it stands for nothing else. */
const NAMESPACE = 'b6a1f6f0-5d0c-4f8f-9a5e-6f1f0c6a4b1d';

/** Whose alert it is, and when. */
export interface AlertSource {
  readonly service: string;
  readonly host: string;
  /** Event time in milliseconds: that of the newest evidence. */
  readonly ts: number;
}

/** What is known of an alert that has been raised before. */
export type KnownAlert = Pick<ScanAlert, 'service' | 'host' | 'signature' | 'ts'>;

export interface AlertsRaised {
  readonly alerts: readonly ScanAlert[];
  /** Findings that were told of within the last five minutes. */
  readonly suppressed: number;
}

/**
 * The alerts of a scan: its findings above 0.92, but those that are suppressed, and those of which the same host and service have been told within 300 s of event time.
 * Ids are derived from service, host, signature and time, so the same evidence gives the same alert again.
 */
export function raiseAlerts(
  findings: readonly ScanFinding[],
  verdict: string,
  source: AlertSource,
  known: readonly KnownAlert[],
): AlertsRaised {
  if (verdict !== 'leak') return { alerts: [], suppressed: 0 };
  const sure = findings.filter(({ confidence, suppressed }) => confidence > SURE && suppressed === undefined);
  const fresh = sure.filter(({ signature }) => !known.some((alert) => isSame(alert, source, signature)));
  return { alerts: fresh.map((finding) => alertOf(finding, source)), suppressed: sure.length - fresh.length };
}

/** The very same alert is written again, which changes nothing. */
function isSame(alert: KnownAlert, { service, host, ts }: AlertSource, signature: string): boolean {
  const isTheSame = alert.service === service && alert.host === host && alert.signature === signature;
  return isTheSame && alert.ts !== ts && Math.abs(ts - alert.ts) < QUIET;
}

function alertOf(finding: ScanFinding, { service, host, ts }: AlertSource): ScanAlert {
  const { signature, title, severity, confidence, seedScore, holder, growth, retainedSize, repair, anchor, trail } =
    finding;
  return {
    v: 1,
    alert_id: uuidOf(JSON.stringify([service, host, signature, ts])),
    ...{ ts, service, host, signature, title, severity, confidence, seedScore },
    holder: holder.expression,
    growth: growth && { countPerInterval: growth.countPerInterval, bytesPerInterval: growth.bytesPerInterval },
    ...{ retainedSize, trail, repair, anchor },
  };
}

/** UUID version 5: SHA-1 over the namespace and a name, with the version's and the variant's bits set. */
export function uuidOf(name: string, namespace = NAMESPACE): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.subarray(0, 16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
