/** What a person sees of a batch: a line while it runs, and its account at the end. */
import type { BatchProgress, BatchSummary } from '../../app/batch/run-batch.js'
import type { BatchCounts } from '../../app/coding/outcome.js'

export function progressLine(progress: BatchProgress): string {
  const { notes, bytes, seconds } = progress
  const elapsed = Math.max(seconds, 0.001)
  const rate = `${notes} notes, ${Math.round(notes / elapsed)} notes/s, ${(bytes / 1e6 / elapsed).toFixed(1)} MB/s`
  const left = timeLeft(progress)
  return left === null ? rate : `${rate}, ${left}`
}

/** From the share of the input that is done; null before there is one. */
function timeLeft({ input: { size, done }, seconds }: BatchProgress): string | null {
  if (done === 0 || done >= size) return null
  return `${Math.floor((done / size) * 100)} %, ${durationOf((seconds / done) * (size - done))} left`
}

export function durationOf(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`
}

export function accountOf(counts: BatchCounts): string {
  return `${counts.read} read = ${counts.coded} coded + ${counts.nothingCodeable} nothing codeable + ${counts.duplicate} duplicate + ${counts.failed} failed`
}

export function summaryLine(summary: BatchSummary): string {
  const { record, counts } = summary
  const account = accountOf(counts)
  if (summary.notes === 0 && counts.read > 0) return `${account}; the run was complete`
  const threads = `${record.jobs} ${record.jobs === 1 ? 'thread' : 'threads'}`
  return `${account}; ${progressLine({ ...summary, input: { size: 0, done: 0 } })}, ${threads}`
}
