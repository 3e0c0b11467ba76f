/** What comes in: one clinical note with what is known of its encounter. */
export type Setting = 'outpatient' | 'inpatient'
export type Sex = 'F' | 'M' | 'X'

export interface Patient {
  readonly id?: string
  readonly birthDate?: string
  /** Age in years at the date of service. */
  readonly age?: number
  readonly sex?: Sex
}

export interface Note {
  readonly id: string
  readonly text: string
  readonly setting?: Setting
  /** `YYYY-MM-DD`; chooses the code set. */
  readonly dateOfService?: string
  readonly patient?: Patient
  readonly facility?: string
  readonly type?: string
  readonly author?: string
}

/** A note that could not be taken: its place and the reason, never its text. */
export interface Reject {
  readonly line: number
  readonly id?: string
  readonly error: { readonly code: string; readonly message: string }
}
