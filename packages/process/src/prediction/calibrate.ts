import { DAY } from './types.ts'

/**
 * Keeps a quantile true while the world changes: after each outcome the offset moves by γ·(missed − (1 − q)), so that in the long run a share
 * q of predictions holds whatever the drift (adaptive conformal inference, Gibbs & Candès 2021).
 *
 * An outcome is taken at the moment the predicted time has run out, when it is certain for short and long cases alike. Taken at the end of each
 * case, short cases would speak first and long ones too late.
 */
export class Calibration {
  offset: number
  readonly #quantile: number
  readonly #step: number
  readonly #pending: { due: number; missed: boolean }[] = []

  constructor(quantile: number, offset = 0, step = 0.02) {
    this.#quantile = quantile
    this.#step = step
    this.offset = offset
  }

  /** Takes all outcomes that are certain at this moment. */
  until(at: number): void {
    while (this.#pending.length && this.#pending.at(-1)!.due <= at) this.offset += this.#step * ((this.#pending.pop()!.missed ? 1 : 0) - (1 - this.#quantile))
  }

  /** A prediction of `days` made at `at` for something that took `actual` days. */
  predicted(at: number, days: number, actual: number): void {
    const due = at + days * DAY
    let i = this.#pending.length
    this.#pending.push({ due, missed: actual > days })
    // kept with the earliest last; most predictions of a process have about the same length, so this is a short way
    while (i > 0 && this.#pending[i - 1]!.due < due) { const t = this.#pending[i]!; this.#pending[i] = this.#pending[i - 1]!; this.#pending[i - 1] = t; i-- }
  }
}
