/**
 * Settings from outside the command line: `CHARTCODE_<NAME>`, then the config file: a JSON object of option
 * names (`{"min-score": 0.6, "data-dir": "/srv/chartcode"}`) at `CHARTCODE_CONFIG`, otherwise
 * `chartcode/config.json` below `XDG_CONFIG_HOME` or `~/.config`.
 */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { ChartcodeError } from '../model/errors.js'
import type { Settings } from './arguments.js'

type Environment = Readonly<Record<string, string | undefined>>

export function readSettings(environment: Environment): Settings {
  let config: ReadonlyMap<string, string> | undefined
  return ({ name }) => {
    const fromEnvironment = environment[`CHARTCODE_${name.toUpperCase().replaceAll('-', '_')}`]
    if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment
    config ??= readConfig(environment)
    return config.get(name)
  }
}

function readConfig(environment: Environment): ReadonlyMap<string, string> {
  const named = environment['CHARTCODE_CONFIG']
  const home = environment['XDG_CONFIG_HOME'] ?? path.join(environment['HOME'] ?? homedir(), '.config')
  const file = named ?? path.join(home, 'chartcode', 'config.json')
  let json: string
  try {
    json = readFileSync(file, 'utf8')
  } catch (cause) {
    if (named === undefined) return new Map()
    throw new ChartcodeError('file-missing', `${file}, named by CHARTCODE_CONFIG, cannot be read`, { cause })
  }
  try {
    return new Map(Object.entries(JSON.parse(json) as object).map(([name, value]) => [name, String(value)]))
  } catch (cause) {
    throw new ChartcodeError('usage', `${file} is not a JSON object of option names`, { cause })
  }
}
