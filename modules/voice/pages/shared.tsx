import { api, CopyText, dateTimeText, fieldOf, Icon, QrCode, shortText, Tag, useEntity, useNow, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { tv } from './texts.ts'

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const labelOf = (row: Row, name: string): string => text((row.$labels as Record<string, unknown> | undefined)?.[name])

/** The words and colour of a choice, as the entity declares them. */
export function Choice({ entity, field, value }: { entity: string, field: string, value: unknown }) {
  const meta = useEntity(entity)
  const option = meta && fieldOf(meta, field)?.options?.find(each => each.value === value)
  return option ? <Tag color={option.color === 'default' ? undefined : option.color}>{option.label}</Tag> : <span>{text(value)}</span>
}

export const optionsOf = (meta: ReturnType<typeof useEntity>, field: string, without: readonly string[] = []) =>
  ((meta && fieldOf(meta, field)?.options) ?? []).filter(each => !without.includes(each.value)).map(({ value, label }) => ({ value, label }))

export function latenessOf(row: Row, now: Date): 'ok' | 'warn' | 'late' {
  if (row.answeredAt || row.endedAt || !row.dueAt) return 'ok'
  return now > new Date(text(row.dueAt)) ? 'late' : row.warnAt && now >= new Date(text(row.warnAt)) ? 'warn' : 'ok'
}

/** Where the promise to answer stands; answered, whether in time. */
export function Promise({ row }: { row: Row }) {
  const now = useNow()
  if (row.answeredAt) return row.answeredLate ? <span className="qc-late qc-late-late"><Icon name="warn" size={13} />{tv('answeredLate')}</span> : <span className="qc-late">{tv('answered')}</span>
  if (row.endedAt || !row.dueAt) return null
  const lateness = latenessOf(row, now)
  return <span className={`qc-late qc-late-${lateness}`} title={dateTimeText(text(row.dueAt))}>{lateness !== 'ok' && <Icon name={lateness === 'late' ? 'warn' : 'clock'} size={13} />}{tv(lateness === 'late' ? 'dueLate' : lateness === 'warn' ? 'dueSoon' : 'dueBefore', { d: shortText(text(row.dueAt), now) })}</span>
}

type AskProps = { path: string, say: [string, string], who?: boolean, onDone: () => void }

/** What waits for the customer: the link to hand over, and the place to write down what they said. */
export function AskCustomer({ path, say: [yes, no], who = false, onDone, may }: AskProps & { may: boolean }) {
  const say = useSay()
  const read = useQuery({ queryKey: ['voice-link', path], queryFn: ({ signal }) => api.get<{ link: string | null }>(`${path}/link`, { signal, quiet: true }) })
  const [words, setWords] = useState('')
  const [by, setBy] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const link = read.data?.link ? `${location.origin}${read.data.link}` : null
  const send = async (content: boolean) => {
    if (who ? !by.trim() : !words.trim()) { setProblem(tv('required')); return }
    try {
      await api.post(`${path}/${who ? 'confirm' : 'verdict'}`, who ? { confirmed: content, by: by.trim(), ...(words.trim() ? { words: words.trim() } : {}) } : { satisfied: content, words: words.trim() })
      say.ok(tv('recorded')); onDone()
    } catch (error) { say.error(error) }
  }
  return (
    <section className="qc-panel"><header><h2>{tv('verdict')}</h2></header>
      <div className="qc-panel-pad qc-stack">
        {link && <div className="vo-link"><QrCode text={link} size={96} label={tv('link')} /><div className="qc-grow"><b>{tv('link')}</b><p className="qc-soft">{tv('linkHint')}</p><CopyText value={link} /></div></div>}
        {may && <>
          <b>{tv('record')}</b>
          {who && <Input maxLength={60} aria-label={tv('by')} placeholder={tv('by')} status={problem ? 'error' : ''} value={by} onChange={event => { setBy(event.target.value); setProblem(null) }} />}
          <Input.TextArea rows={2} maxLength={500} aria-label={tv('theirWords')} placeholder={tv('theirWords')} status={problem && !who ? 'error' : ''} value={words} onChange={event => { setWords(event.target.value); setProblem(null) }} />
          {problem && <span className="vo-error" role="alert">{problem}</span>}
          <div className="qc-row"><button type="button" className="qc-button qc-button-primary" onClick={() => void send(true)}>{yes}</button><button type="button" className="qc-button" onClick={() => void send(false)}>{no}</button></div>
        </>}
      </div>
    </section>
  )
}

/** A heading and what stands under it; nothing where there is nothing. */
export function Said({ title, children }: { title: string, children: ReactNode }) {
  return children ? <div><b>{title}</b><p className="vo-quote">{children}</p></div> : null
}
