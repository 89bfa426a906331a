import { locale, makeAutosave, type Autosave, type SaveState } from '@quancheng/ui'
import { useCallback, useEffect, useRef, useState } from 'react'
import { designApi, type OpenDesign } from '../api.ts'
import type { Studio } from '../studio/studio.ts'
import type { Checked } from '../studio/types.ts'
import { td } from '../texts.ts'

const SAVE_MS = 1200, CHECK_MS = 900, RETRY_MS = 20_000

export type Board = {
  studio: Studio | null
  failed: unknown
  save: SaveState
  autosave: Autosave<number> | null
  /** what the server says of the drawing as it is now; null while it is asked */
  checked: Checked | null
  checkFailed: boolean
  canUndo: boolean
  canRedo: boolean
  /** the model as text, for a file or a comparison */
  text: () => Promise<string>
}

/** The drawing board in its place: loaded when it is needed, saved by itself, checked while one draws. */
export function useBoard(place: React.RefObject<HTMLDivElement | null>, design: OpenDesign, executed: readonly string[], writable: boolean): Board {
  const [studio, setStudio] = useState<Studio | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [save, setSave] = useState<SaveState>({ is: 'saved', at: design.draft?.at ?? null })
  const [autosave, setAutosave] = useState<Autosave<number> | null>(null)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [checkFailed, setCheckFailed] = useState(false)
  const [stack, setStack] = useState({ canUndo: false, canRedo: false })
  const current = useRef<Studio | null>(null)

  const text = useCallback(async () => (current.current ? current.current.saveXml() : design.xml), [design.xml])

  useEffect(() => {
    if (!place.current) return
    let gone = false, revision = 0
    let opened: Studio | undefined, saver: Autosave<number> | undefined, timer: ReturnType<typeof setTimeout> | undefined, asking: AbortController | undefined
    const check = async () => {
      asking?.abort()
      const mine = asking = new AbortController()
      try {
        const found = await designApi.check(design.key, await opened!.saveXml(), mine.signal)
        if (gone || mine.signal.aborted) return
        opened!.mark(found.problems, found.warnings, { problem: td('problem'), warning: td('warning') })
        setChecked(found)
        setCheckFailed(false)
      } catch { if (!gone && !mine.signal.aborted) { setChecked({ problems: [], warnings: [] }); setCheckFailed(true) } }
    }
    void (async () => {
      try {
        const { openStudio } = await import('../studio/studio.ts')
        if (gone || !place.current) return
        const studioNow = opened = openStudio(place.current, { zh: locale() === 'zh', executed, palette: paletteWords() })
        await opened.importXml(design.xml)
        if (gone) return
        saver = makeAutosave({
          seen: design.draft?.version ?? 0, at: design.draft?.at ?? null, value: 0, waitMs: SAVE_MS, retryMs: RETRY_MS, onState: setSave,
          save: async (_, seen) => designApi.save(design.key, { xml: await studioNow.saveXml(), seen }),
        })
        opened.onChange(() => {
          const { commandStack } = studioNow.services
          setStack({ canUndo: commandStack.canUndo(), canRedo: commandStack.canRedo() })
          if (!writable) return
          saver!.changed(revision += 1)
          setChecked(null)
          clearTimeout(timer)
          timer = setTimeout(() => void check(), CHECK_MS)
        })
        current.current = opened
        setStudio(opened)
        setAutosave(saver)
        if (writable) void check()
      } catch (error) { if (!gone) setFailed(error) }
    })()
    return () => {
      gone = true
      clearTimeout(timer)
      asking?.abort()
      saver?.stop()
      opened?.destroy()
      current.current = null
      setStudio(null)
      setAutosave(null)
    }
    // the board lives as long as its design stays open; a replaced draft is another design (its key in the page)
  }, [place, design, executed, writable])

  return { studio, failed, save, autosave, checked, checkFailed, ...stack, text }
}

const paletteWords = (): Record<string, string> => ({
  start: td('palStart'), task: td('palTask'), service: td('palService'), xor: td('palXor'), and: td('palAnd'), or: td('palOr'), timer: td('palTimer'), end: td('palEnd'), sub: td('palSub'), pool: td('palPool'), note: td('palNote'),
  connect: td('palConnect'), lasso: td('palLasso'), space: td('palSpace'), hand: td('palHand'),
})
