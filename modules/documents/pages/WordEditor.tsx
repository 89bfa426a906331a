import '@eigenpal/docx-editor-react/styles.css'
import { setGoogleFontsEnabled } from '@eigenpal/docx-editor-core'
import { DocxEditor, type DocxEditorRef } from '@eigenpal/docx-editor-react'
import { zhCN } from '@eigenpal/docx-editor-i18n/zh-CN'
import { useSession } from '@quancheng/ui'
import { useEffect, useMemo, useRef } from 'react'
import { docxExtras } from '../rules/docx-text.ts'
import { openParts } from '../rules/ooxml/parts.ts'
import type { EditorProps } from './kind.ts'
import { td } from './texts.ts'

// nobody outside learns which documents are opened here, and it works without a way out
setGoogleFontsEnabled(false)

/** Faces that Chinese offices use; what is not installed falls back to the system's. Nothing is fetched from anywhere. */
const FONTS = ['宋体', '黑体', '微软雅黑', '楷体', '仿宋', '等线', 'Times New Roman', 'Arial', 'Calibri']

/** The text editor (docx-editor) on a .docx. It reads and writes the file itself, paragraph by paragraph. */
export default function WordEditor({ bytes, name, readOnly, onDirty, onError, onReady }: EditorProps) {
  const editor = useRef<DocxEditorRef>(null)
  const author = useSession().user.name
  const calls = useRef({ onDirty, onError, onReady })
  useEffect(() => { calls.current = { onDirty, onError, onReady } })
  const { buffer, extras, problem } = useMemo(() => {
    try { return { buffer: bytes.slice().buffer, extras: docxExtras(openParts(bytes)), problem: null } } catch (error) { return { buffer: null, extras: [], problem: error } }
  }, [bytes])
  useEffect(() => {
    if (problem) { calls.current.onError(problem); return }
    calls.current.onReady({
      save: async () => {
        const saved = await editor.current?.save()
        if (!saved) throw new Error(td('broken'))
        return new Uint8Array(saved)
      },
      losses: () => (extras.length ? { text: td('loseDocx', { list: extras.join('、') }), items: [] } : null),
    })
  }, [extras, problem])
  if (!buffer) return null
  return (
    <div className="dc-editor dc-word">
      <DocxEditor ref={editor} documentBuffer={buffer} documentName={name} documentNameEditable={false} mode={readOnly ? 'viewing' : 'editing'} readOnly={readOnly} author={author} i18n={zhCN} fontFamilies={FONTS}
        showFileOpen={false} showHelpMenu={false} showOutlineButton={false} onChange={() => { if (!readOnly) calls.current.onDirty() }} onError={error => calls.current.onError(error)} />
    </div>
  )
}
