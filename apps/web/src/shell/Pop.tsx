import { useEffect, useRef, useState, type ReactNode } from 'react'

type Props = { label: string, className?: string, button: ReactNode, children: (close: () => void) => ReactNode, wide?: boolean }

/** A small panel below a button: closes with Escape, a click outside, or leaving it by keyboard. */
export function Pop({ label, className = 'qc-icon-button', button, children, wide = false }: Props) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const away = (event: PointerEvent) => { if (!box.current?.contains(event.target as Node)) setOpen(false) }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [open])
  return (
    <div ref={box} className="qs-pop" onKeyDown={event => { if (event.key === 'Escape') { setOpen(false); box.current?.querySelector('button')?.focus() } }}
      onBlur={event => { if (event.relatedTarget && !box.current?.contains(event.relatedTarget as Node)) setOpen(false) }}>
      <button type="button" className={className} aria-label={label} title={label} aria-expanded={open} onClick={() => setOpen(!open)}>{button}</button>
      {open && <div className={wide ? 'qs-panel qs-panel-wide' : 'qs-panel'}>{children(() => setOpen(false))}</div>}
    </div>
  )
}
