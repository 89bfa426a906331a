import './notices.css'
import { api, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation, useParams } from 'react-router'
import type { Kind, Ways } from './api.ts'
import { tn } from './texts.ts'

/** The customer's own page: by which way they are told, or not at all. */
export default function Choice() {
  const { token } = useParams(), { search } = useLocation()
  const tenant = new URLSearchParams(search).get('tenant'), query = tenant ? { tenant } : {}
  const path = `/public/notice-choice/${encodeURIComponent(token ?? '')}`
  useEffect(() => { document.title = tn('choiceTitle') }, [])
  const read = useQuery({ queryKey: ['notice-choice', token], queryFn: ({ signal }) => api.get<Ways>(path, { query, signal, quiet: true }), retry: false })
  const [picked, setPicked] = useState<Kind[] | null>(null)
  const [said, setSaid] = useState('')
  const save = async (body: Record<string, unknown>) => { try { await api.post(path, body, { query, quiet: true }); setSaid(tn('choiceSaved')); await read.refetch() } catch { setSaid(tn('wrongLink')) } }
  if (read.isPending) return <main className="nc"><section><Skeleton lines={4} /></section></main>
  if (read.isError) return <main className="nc"><section><p role="alert">{tn('wrongLink')}</p></section></main>
  const w = read.data, own = w.channels.filter(k => w.ways.some(x => x.kind === k)), chosen = picked ?? (own.length ? own : w.ways.slice(0, 1).map(x => x.kind))
  return (
    <main className="nc"><section>
      <h1>{tn('choiceTitle')}</h1><p className="qc-soft">{tn('choiceLead', { company: w.company })}</p>
      {w.off ? <><p>{tn('offNow')}</p><button type="button" className="qc-button qc-button-primary" onClick={() => void save({ off: false })}>{tn('choiceOn')}</button></> : <>
        <p>{tn('by')}</p>
        {w.ways.map(x => <label key={x.kind}><input type="checkbox" checked={chosen.includes(x.kind)} onChange={e => { setSaid(''); setPicked(e.target.checked ? [...chosen, x.kind] : chosen.filter(k => k !== x.kind)) }} /><span>{x.label} {x.to}</span></label>)}
        <button type="button" className="qc-button qc-button-primary" onClick={() => { if (chosen.length) void save({ channels: chosen }); else setSaid(tn('needOne')) }}>{tn('save')}</button>
        <button type="button" className="qc-button" onClick={() => void save({ off: true })}>{tn('choiceOff')}</button></>}
      <p aria-live="polite">{said}</p>
    </section></main>
  )
}
