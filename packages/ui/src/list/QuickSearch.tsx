import { useEffect, useRef, useState } from 'react'
import { Input } from 'antd'
import { Icon } from '../icons.tsx'
import { tl } from './texts.ts'

/** Searches while typing (after a rest), at once with Enter; not in the middle of composing Chinese. */
export function QuickSearch({ label, value, onChange }: { label: string, value: string, onChange: (q: string) => void }) {
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const sent = useRef(value)
  useEffect(() => {
    if (value !== sent.current) { sent.current = value; setText(value) }
  }, [value])
  const send = (next: string) => {
    if (next.trim() === sent.current) return
    sent.current = next.trim()
    onChange(sent.current)
  }
  useEffect(() => {
    if (composing.current) return
    const timer = setTimeout(() => send(text), 350)
    return () => clearTimeout(timer)
  })
  return (
    <Input className="qc-quick" allowClear type="search" prefix={<Icon name="search" />} placeholder={tl('quickSearch', { label })} aria-label={tl('quickSearch', { label })}
      value={text} onChange={event => setText(event.target.value)} onPressEnter={() => send(text)}
      onCompositionStart={() => { composing.current = true }} onCompositionEnd={() => { composing.current = false }} />
  )
}
