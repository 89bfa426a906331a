import { App } from 'antd'
import { useEffect } from 'react'
import { ts } from '../texts.ts'

/** What a box with a limit leaves out of a pasted text: the browser cuts it without a word. 0: nothing. */
export function cutBy(box: { value: string, maxLength: number, selectionStart: number | null, selectionEnd: number | null }, pasted: string): number {
  if (box.maxLength < 0) return 0
  const kept = box.value.length - ((box.selectionEnd ?? 0) - (box.selectionStart ?? 0))
  return Math.max(0, kept + pasted.length - box.maxLength)
}

/** Says so, wherever it happens. */
export function PasteNotice() {
  const { message } = App.useApp()
  useEffect(() => {
    const look = (event: ClipboardEvent): void => {
      const box = event.target
      if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) return
      const cut = cutBy(box, event.clipboardData?.getData('text') ?? '')
      if (cut > 0) void message.warning({ key: 'paste', duration: 8, content: ts('pasteCut', { max: box.maxLength, cut }) })
    }
    document.addEventListener('paste', look, true)
    return () => document.removeEventListener('paste', look, true)
  }, [message])
  return null
}
