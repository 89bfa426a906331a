import { api, can, Icon, useSay } from '@quancheng/ui'
import { useState } from 'react'
import { tq } from './texts.ts'

/** Walks the record's chain of entries and says whether anything was changed behind the system's back (SP-23). */
export function VerifyButton({ entity, id }: { entity: string, id: string }) {
  const say = useSay()
  const [busy, setBusy] = useState(false)
  if (!can('audit:read')) return null
  const verify = async () => {
    setBusy(true)
    try {
      const answer = await api.get<{ ok: boolean, rows: number, broken: Array<{ seq: number, why: string }> }>('/audit/verify', { query: { entity, id } })
      if (answer.ok) say.ok(tq('verified', { n: answer.rows }))
      else say.error(tq('broken', { list: answer.broken.map(each => `${each.seq}（${each.why}）`).join('、') }))
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return <button type="button" className="qc-button" disabled={busy} onClick={() => void verify()}><Icon name="audit" />{tq(busy ? 'verifying' : 'verify')}</button>
}
