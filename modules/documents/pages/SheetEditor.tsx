import '@univerjs/preset-sheets-core/lib/index.css'
import { LocaleType, LogLevel, Univer, type IWorkbookData } from '@univerjs/core'
import { FUniver } from '@univerjs/core/facade'
import { UniverSheetsCorePreset } from '@univerjs/preset-sheets-core'
import zhCN from '@univerjs/preset-sheets-core/locales/zh-CN'
import { useEffect, useRef } from 'react'
import { openParts } from '../rules/ooxml/parts.ts'
import type { WorkbookModel } from '../rules/xlsx/model.ts'
import { extrasOf, readWorkbook } from '../rules/xlsx/read.ts'
import { writeWorkbook } from '../rules/xlsx/write.ts'
import type { EditorProps } from './kind.ts'
import { td } from './texts.ts'

/** What moves cells away from what the editor does not know of. */
const MOVES = /^sheet\.mutation\.(insert|remove|move)-(row|col|range|rows|cols|columns)/
/** What the editor does on its own: heights that follow the text, the sheet that is in front. */
const OWN = /auto-height|active|selection|scroll|zoom/

/** How long a save waits for formulas, in ms; a sheet that takes longer is not saved with half of its results. */
const CALCULATION_MS = 60_000

/** The spreadsheet editor (Univer) on an .xlsx; the mapping is our own (rules/xlsx). */
export default function SheetEditor({ bytes, name, readOnly, onDirty, onError, onReady }: EditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const calls = useRef({ onDirty, onError, onReady })
  useEffect(() => { calls.current = { onDirty, onError, onReady } })
  useEffect(() => {
    const container = document.createElement('div')
    container.className = 'dc-univer'
    box.current!.append(container)
    let ended = false
    const close: Array<() => void> = [() => container.remove()]
    const end = (): void => { ended = true; for (const each of close.toReversed()) each() }
    try {
      const parts = openParts(bytes), model = readWorkbook(parts, name), extras = extrasOf(parts)
      const univer = new Univer({ logLevel: LogLevel.ERROR, locale: LocaleType.ZH_CN, locales: { [LocaleType.ZH_CN]: zhCN } })
      const preset = UniverSheetsCorePreset({ container, ...(readOnly ? { toolbar: false, header: false, contextMenu: false } : {}) })
      for (const plugin of preset.plugins) if (Array.isArray(plugin)) univer.registerPlugin(plugin[0], plugin[1] as never); else univer.registerPlugin(plugin)
      const editor = FUniver.newAPI(univer), workbook = editor.createWorkbook(model as unknown as IWorkbookData)
      // its roots are React's own: they must not be taken down while ours is drawing
      close.push(() => setTimeout(() => univer.dispose(), 0))
      if (readOnly) workbook.setEditable(false)
      let moved = false
      const listening = editor.addEvent(editor.Event.CommandExecuted, event => {
        const { id, options } = event as { id: string; options?: { fromFormula?: boolean; onlyLocal?: boolean } }
        if (ended || !id.startsWith('sheet.mutation.') || options?.fromFormula || OWN.test(id)) return
        if (MOVES.test(id)) moved = true
        calls.current.onDirty()
      })
      close.push(() => listening.dispose())
      const items = [...extras.sheets.map(s => `${s.sheet}：${s.kinds.join('、')}`), ...extras.file]
      calls.current.onReady({
        save: async () => {
          await workbook.endEditingAsync(true)
          // what was typed last sets formulas going: their results belong to what is saved
          await editor.getFormula().onCalculationResultApplied(CALCULATION_MS)
          return writeWorkbook(parts, workbook.save() as unknown as WorkbookModel)
        },
        losses: () => (moved && items.length ? { text: td('loseXlsx'), items } : null),
      })
    } catch (error) { calls.current.onError(error) }
    return end
  }, [bytes, name, readOnly])
  return <div ref={box} className="dc-editor" />
}
