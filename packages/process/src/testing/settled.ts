import type { RunningApp } from '@quancheng/kernel'
import { allAtRest, begunSoFar } from '../store/at-work.ts'

/**
 * Resolves when nothing is left to do: no job is due, and no program of a service task is at work. The look at the jobs has to begin when
 * all programs are at rest, and none may begin while it lasts: one that ends meanwhile leaves a job behind that the look does not see.
 */
export async function settled(app: Pick<RunningApp, 'worker' | 'runtime'>): Promise<void> {
  for (;;) {
    await allAtRest(app.runtime)
    const begun = begunSoFar(app.runtime)
    await app.worker!.idle()
    if (begunSoFar(app.runtime) === begun) return
  }
}
