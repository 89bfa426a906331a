import { checkTable, compileDecisionTable, decide } from '@quancheng/process/dmn'
import type { DecisionTable } from '@quancheng/process'
import { makeAutosave, type Autosave, type SaveState } from '@quancheng/ui'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Finding } from '../../rules/findings.ts'
import { decisionApi, type Open, type Tried } from '../api.ts'

export type Checked = { problems: Finding[], warnings: Finding[] }
const SAVE_MS = 1_000, RETRY_MS = 20_000
const CHECK_MS = 300, CHECK_LARGE_MS = 1_500, LARGE = 300, MOST_UNDO = 200

/** The table being written: every change can be undone, is checked in the browser, and is saved by itself. */
export function useTable(open: Open) {
  const [steps, setSteps] = useState<{ past: DecisionTable[], table: DecisionTable, future: DecisionTable[] }>({ past: [], table: open.table, future: [] })
  const { table } = steps
  const [save, setSave] = useState<SaveState>({ is: 'saved', at: open.draft?.at ?? null })
  const [autosave, setAutosave] = useState<Autosave<DecisionTable> | null>(null)
  const [checked, setChecked] = useState<{ table: DecisionTable, found: Checked } | null>(null)
  const key = open.key, first = useRef(open)
  useEffect(() => {
    const { draft, table: begin } = first.current
    const made = makeAutosave({ seen: draft?.version ?? 0, at: draft?.at ?? null, value: begin, waitMs: SAVE_MS, retryMs: RETRY_MS, onState: setSave, save: (value, seen) => decisionApi.save(key, { table: value, seen }) })
    setAutosave(made)
    return () => made.stop()
  }, [key])
  useEffect(() => { autosave?.changed(table) }, [autosave, table])
  useEffect(() => {
    const timer = setTimeout(() => setChecked({ table, found: checkTable(table) }), table.rules.length > LARGE ? CHECK_LARGE_MS : CHECK_MS)
    return () => clearTimeout(timer)
  }, [table])

  const change = useCallback((next: DecisionTable | ((now: DecisionTable) => DecisionTable)) => setSteps(now => {
    const made = typeof next === 'function' ? next(now.table) : next
    return made === now.table ? now : { past: [...now.past, now.table].slice(-MOST_UNDO), table: made, future: [] }
  }), [])
  const undo = useCallback(() => setSteps(({ past, table: now, future }) => (past.length ? { past: past.slice(0, -1), table: past.at(-1)!, future: [now, ...future] } : { past, table: now, future })), [])
  const redo = useCallback(() => setSteps(({ past, table: now, future }) => (future.length ? { past: [...past, now], table: future[0]!, future: future.slice(1) } : { past, table: now, future })), [])

  /** null: the table has problems, nothing can be decided by it. */
  const tryOut = useCallback((variables: Record<string, unknown>): Promise<Tried | null> => {
    const { decisions } = compileDecisionTable(table)
    return Promise.resolve(decisions ? decide(decisions, table.id, variables) : null)
  }, [table])
  const variables = useMemo(() => {
    const { decisions } = checked ? compileDecisionTable(checked.table) : { decisions: null }
    return [...decisions?.decisions.values().next().value?.variables ?? []]
  }, [checked])
  return { table, change, undo, redo, canUndo: steps.past.length > 0, canRedo: steps.future.length > 0, save, autosave, found: checked?.found ?? null, fresh: checked?.table === table, tryOut, variables }
}
