import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for it to be so, and says how many milliseconds that took; throws when they are over. */
export async function until(milliseconds: number, isSo: () => boolean | Promise<boolean>): Promise<number> {
  const start = Date.now()
  while (!(await isSo())) {
    if (Date.now() - start > milliseconds) throw new Error(`not so after ${milliseconds} ms`)
    await sleep(5)
  }
  return Date.now() - start
}
