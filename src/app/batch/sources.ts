/** The inputs of a run by number, in the order in which their notes come; a member of an archive is one too. */
export interface Sources {
  readonly numberOf: (path: string) => number
  readonly pathOf: (number: number) => string
}

export function createSources(): Sources {
  const numbers = new Map<string, number>()
  const paths: string[] = []
  return {
    numberOf: path => {
      const known = numbers.get(path)
      if (known !== undefined) return known
      numbers.set(path, paths.length)
      return paths.push(path) - 1
    },
    pathOf: number => paths[number] as string,
  }
}
