import type { Harness, HarnessState, HarnessTask } from './types.ts'

type Variables = Record<string, unknown>

export interface PlayOutOptions {
  /** How a task is done; nothing said: without variables, with the first outcome it offers. `null`: leave it alone. */
  answer?: (task: HarnessTask) => { variables?: Variables; outcome?: string | null } | null
  /** Messages and signals that somebody waits for are sent when nobody has work (default true). */
  events?: boolean
  /** Then the clock goes on to the next timer (default true). */
  timers?: boolean
  /** Acts at most (default 500): a model with a loop that only people leave goes on for ever. */
  most?: number
}

export interface PlayedOut {
  state: HarnessState
  /** Element ids in the order of completion. */
  executed: string[]
  variables: Variables
  /** What was done, in words: `complete a`, `message M1`, `clock 2026-01-01T01:00:00.000Z`. */
  acts: string[]
  /** Node ids that still wait: empty where the case is over. */
  waiting: string[]
  /** Acts that were refused: what was tried, the stable code and the sentence. Each is tried once. */
  refused: { act: string; code: string | null; message: string }[]
}

/**
 * Plays the instances of a harness to their end without anybody: tasks in the order in which they came, then a message or signal that is
 * waited for, then the next timer; one act at a time, until nothing waits, nothing more can be done, or `most` is reached.
 */
export async function playOut(h: Harness, options: PlayOutOptions = {}): Promise<PlayedOut> {
  const acts: string[] = []
  const refused: PlayedOut['refused'] = []
  const tried = new Set<string>()
  const most = options.most ?? 500
  while (acts.length + refused.length < most) {
    const next = await nextAct(h, options, tried)
    if (!next) break
    try {
      await next.run()
      acts.push(next.name)
      // whatever moved may have made possible what was refused
      tried.clear()
    } catch (error) {
      tried.add(next.key)
      refused.push({ act: next.name, code: codeOf(error), message: error instanceof Error ? error.message : String(error) })
      // the same refusal again and again is no way on
      if (refused.filter((r) => r.act === next.name).length > 3) break
    }
  }
  return { state: h.state, executed: await h.executed(), variables: await h.variables(), acts, waiting: await h.waiting(), refused }
}

interface Next { key: string; name: string; run: () => unknown }

async function nextAct(h: Harness, options: PlayOutOptions, tried: ReadonlySet<string>): Promise<Next | null> {
  for (const task of await h.tasks()) {
    const answer = options.answer ? options.answer(task) : {}
    if (answer === null || tried.has(task.id)) continue
    return { key: task.id, name: `complete ${task.nodeId}`, run: () => h.complete(task.id, answer.variables ?? {}, answer.outcome ?? task.outcomes[0] ?? null) }
  }
  if (options.events !== false) {
    for (const wait of await h.subscriptions()) {
      const { name } = wait
      // a subscription that hears for ever (an event subprocess that does not interrupt) is told once
      if (name === null || tried.has(wait.id) || wait.ownerId === null) continue
      if (wait.on === 'message') return { key: wait.id, name: `message ${name}`, run: () => h.message(name, { key: wait.key }) }
      if (wait.on === 'signal') return { key: wait.id, name: `signal ${name}`, run: () => h.signal(name) }
    }
  }
  if (options.timers === false || h.state !== 'running') return null
  const due = (await h.timers()).map((t) => t.due).toSorted((a, b) => a.getTime() - b.getTime())[0]
  return due ? { key: `clock ${due.toISOString()}`, name: `clock ${due.toISOString()}`, run: () => h.clock.set(due) } : null
}

const codeOf = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}
