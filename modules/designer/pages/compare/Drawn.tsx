import { Skeleton } from '@quancheng/ui'
import { useEffect, useRef, useState } from 'react'
import { td } from '../texts.ts'

/** A process to look at: fitted to its place, moved and zoomed by hand. On paper it is as on the screen. */
export function Drawn({ xml, height, className }: { xml: string, height?: number, className?: string }) {
  const place = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'wait' | 'done' | 'failed'>('wait')
  useEffect(() => {
    if (!place.current) return
    let gone = false
    let close: (() => void) | undefined
    void (async () => {
      try {
        const { drawing } = await import('./viewer.ts')
        if (gone || !place.current) return
        const drawn = await drawing(place.current, xml)
        close = drawn.destroy
        if (gone) { drawn.destroy(); return }
        drawn.fit()
        setState('done')
      } catch { if (!gone) setState('failed') }
    })()
    return () => { gone = true; close?.() }
  }, [xml])
  return (
    <div ref={place} className={className ?? 'qd-drawn'} style={height ? { height } : undefined} data-state={state}>
      {state === 'failed' ? <p className="qc-notice">{td('cannotDraw')}</p> : state === 'wait' && <Skeleton lines={4} />}
    </div>
  )
}
