import { Skeleton } from '@quancheng/ui'
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import type { Difference } from '../api.ts'
import { td } from '../texts.ts'
import type { Drawing } from './viewer.ts'

export type Shower = { show: (id: string) => void }

/** Two versions as drawn: beside each other, moving together, or one over the other. Green is new, amber changed, red gone. */
export function Pictures({ difference, overlay, ref }: { difference: Difference, overlay: boolean, ref: Ref<Shower> }) {
  const old = useRef<HTMLDivElement>(null), now = useRef<HTMLDivElement>(null)
  const [pair, setPair] = useState<[Drawing, Drawing] | null>(null)
  const [failed, setFailed] = useState(false)
  const { from, to, changes } = difference
  useEffect(() => {
    if (!old.current || !now.current) return
    let gone = false
    const made: Drawing[] = []
    setFailed(false)
    setPair(null)
    void (async () => {
      try {
        const { drawing } = await import('./viewer.ts')
        if (gone || !old.current || !now.current) return
        const before = await drawing(old.current, from.xml)
        made.push(before)
        if (gone || !now.current) { before.destroy(); return }
        const after = await drawing(now.current, to.xml)
        made.push(after)
        if (gone) { for (const each of made) each.destroy(); return }
        const ids = (what: string) => changes.filter(each => each.what === what).map(each => each.id)
        before.mark({ 'qd-removed': ids('removed'), 'qd-changed': ids('changed') })
        after.mark({ 'qd-added': ids('added'), 'qd-changed': ids('changed') })
        let leading = false
        const lead = (leader: Drawing, other: Drawing) => leader.view.onChange(() => {
          if (leading) return
          leading = true
          other.view.set(leader.view.get())
          leading = false
        })
        lead(before, after)
        lead(after, before)
        setPair([before, after])
      } catch { if (!gone) setFailed(true) }
    })()
    return () => { gone = true; for (const each of made) each.destroy() }
  }, [from.xml, to.xml, changes])
  useEffect(() => { for (const each of pair ?? []) each.fit() }, [pair, overlay])
  useImperativeHandle(ref, () => ({ show: id => { if (!pair?.[1].show(id)) pair?.[0].show(id) } }), [pair])
  const called = (v: number | 'draft') => (v === 'draft' ? td('draft') : td('version', { n: v }))
  return (
    <div className={overlay ? 'qd-pictures qd-over' : 'qd-pictures'}>
      <figure><figcaption>{td('older')} · {called(from.version)}</figcaption><div ref={old} className="qd-picture" /></figure>
      <figure><figcaption>{overlay ? `${called(from.version)} → ${called(to.version)}` : `${td('newer')} · ${called(to.version)}`}</figcaption><div ref={now} className="qd-picture" /></figure>
      {failed ? <p className="qc-notice">{td('cannotDraw')}</p> : !pair && <div className="qd-picture-wait"><Skeleton lines={4} /></div>}
    </div>
  )
}
