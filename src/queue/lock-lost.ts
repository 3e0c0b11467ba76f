/**
 * BullMQ's errors about a job that ended, or was to be prolonged, after its lock had run out. They have no
 * class and no code of their own.
 */
const LOCK_LOST = /^(could not renew lock|Missing lock|Missing key|Lock mismatch)|is not in the active state/

export function isLockLost(error: unknown): boolean {
  return error instanceof Error && LOCK_LOST.test(error.message)
}
