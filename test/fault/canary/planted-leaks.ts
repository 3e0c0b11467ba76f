/**
 * The positive control: six leaks as they happen in earnest, each with another canary. A scanner that does not
 * find six of six proves nothing by finding none elsewhere.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { Counter, Registry } from 'prom-client'
import { canary } from './strings.js'

export interface PlantedLeak {
  readonly place: string
  readonly canary: string
}

/** Into files of the directory and into the database 0 of Redis. */
export async function plantLeaks(directory: string, redisUrl: string): Promise<PlantedLeak[]> {
  mkdirSync(directory, { recursive: true })
  return [
    leakToStderr(directory, 'a-name-2'),
    leakToLog(directory, 'diagnosis-1'),
    ...(await leakToRedis(redisUrl, 'g-social-security-1', 'diagnosis-8')),
    leakToCheckpoint(directory, 'h-record-2'),
    await leakToMetrics(directory, 'n-address-1'),
  ]
}

/** An error that quotes its input, as those of JSON.parse do. */
function leakToStderr(directory: string, id: string): PlantedLeak {
  const place = path.join(directory, 'stderr.txt')
  const descriptor = openSync(place, 'w')
  const script = 'JSON.parse(process.argv[1])'
  spawnSync(process.execPath, ['-e', script, canary(id).text], { stdio: ['ignore', 'ignore', descriptor] })
  closeSync(descriptor)
  return { place, canary: id }
}

function leakToLog(directory: string, id: string): PlantedLeak {
  const place = path.join(directory, 'chartcode.log')
  const file = pino.destination({ dest: place, sync: true })
  pino(file).error({ note: { text: `Seen today. ${canary(id).text} Follow up.` } }, 'a note failed')
  return { place, canary: id }
}

/** As the data of a job does, and as the events of a queue do that keep what a job returned. */
async function leakToRedis(url: string, inHash: string, inStream: string): Promise<PlantedLeak[]> {
  const redis = new Redis(url)
  try {
    await redis.hset('planted:job', 'data', JSON.stringify({ text: canary(inHash).text }))
    await redis.xadd('planted:events', '*', 'returnvalue', JSON.stringify([canary(inStream).text]))
  } finally {
    redis.disconnect()
  }
  return [
    { place: 'hash planted:job', canary: inHash },
    { place: 'stream planted:events', canary: inStream },
  ]
}

function leakToCheckpoint(directory: string, id: string): PlantedLeak {
  const place = path.join(directory, 'checkpoint.json')
  const last = Buffer.from(`x${canary(id).text} was last`).toString('base64')
  writeFileSync(place, JSON.stringify({ done: 17, last }))
  return { place, canary: id }
}

async function leakToMetrics(directory: string, id: string): Promise<PlantedLeak> {
  const place = path.join(directory, 'metrics.txt')
  const registry = new Registry()
  const counter = new Counter({
    name: 'requests_total',
    help: 'by route',
    labelNames: ['route'],
    registers: [registry],
  })
  counter.inc({ route: canary(id).text })
  writeFileSync(place, await registry.metrics())
  return { place, canary: id }
}
