/**
 * The notes of a run by their keys, to tell a note that came before: a hash table in flat memory, 24 bytes a
 * note, for a night's export may hold millions.
 *
 *   entry   key key key key  source  line      line 0: the place is free
 */

/** Numbers of an entry: four of the key, then the place where the note came first. */
export const ENTRY = 6
const KEY = 4
const FIRST_CAPACITY = 1024
/** Beyond this share of places taken, searches get long. */
const FULL = 0.7

export interface NotePlace {
  /** 0-based input of the run. */
  readonly source: number
  /** 1-based. */
  readonly line: number
}

/** Guards the table. */
export class SeenNotes {
  private table = new Uint32Array(FIRST_CAPACITY * ENTRY)
  private count = 0

  /** Null: new, and now known. Otherwise the place where the same note came first. */
  add(key: Uint32Array, at: number, { source, line }: NotePlace): NotePlace | null {
    if (this.count >= (this.table.length / ENTRY) * FULL) this.grow()
    const slot = this.slotOf(key, at)
    const taken = this.table[slot + KEY + 1] as number
    if (taken !== 0) return { source: this.table[slot + KEY] as number, line: taken }
    for (let i = 0; i < KEY; i++) this.table[slot + i] = key[at + i] as number
    this.table[slot + KEY] = source
    this.table[slot + KEY + 1] = line
    this.count += 1
    return null
  }

  /** Entries of a run before. */
  restore(entries: Uint32Array): void {
    for (let at = 0; at < entries.length; at += ENTRY)
      this.add(entries, at, {
        source: entries[at + KEY] as number,
        line: entries[at + KEY + 1] as number,
      })
  }

  /** Where the key stands, or the free place where it would. Keys are hashes: their first number spreads them. */
  private slotOf(key: Uint32Array, at: number): number {
    const { table } = this
    const capacity = table.length / ENTRY
    for (let place = (key[at] as number) % capacity; ; place = (place + 1) % capacity) {
      const slot = place * ENTRY
      if (table[slot + KEY + 1] === 0) return slot
      if (
        table[slot] === key[at] &&
        table[slot + 1] === key[at + 1] &&
        table[slot + 2] === key[at + 2] &&
        table[slot + 3] === key[at + 3]
      )
        return slot
    }
  }

  private grow(): void {
    const old = this.table
    this.table = new Uint32Array(old.length * 2)
    for (let at = 0; at < old.length; at += ENTRY)
      if (old[at + KEY + 1] !== 0) this.table.set(old.subarray(at, at + ENTRY), this.slotOf(old, at))
  }
}
