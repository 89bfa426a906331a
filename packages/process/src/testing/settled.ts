import type { RunningApp } from '@quancheng/kernel'
import { allAtRest, anyAtWork } from '../store/at-work.ts'

/** Resolves when nothing is left to do: no job is due, and no program of a service task is at work. */
export async function settled(app: Pick<RunningApp, 'worker' | 'runtime'>): Promise<void> {
  for (;;) {
    await app.worker!.idle()
    if (!anyAtWork(app.runtime)) return
    await allAtRest(app.runtime)
  }
}
