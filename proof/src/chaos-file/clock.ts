/** Milliseconds on the machine's monotonic clock, the same for all processes. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
