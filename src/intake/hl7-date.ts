/**
 * A time stamp of HL7, version 2 or 3 → its date as `YYYY-MM-DD`: `20260210143000-0500` → `2026-02-10`. Undefined
 * where it is only a year or a month. What is no stamp comes back as it is, for the caller to refuse.
 */
export function dateOfStamp(stamp: string | undefined): string | undefined {
  if (stamp === undefined || /^\d{4}(?:\d\d)?$/.test(stamp)) return undefined
  return stamp.slice(0, 8).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
}
