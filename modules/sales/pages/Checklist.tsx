import { api, ApiError, can, ErrorState, forget, queryClient, Skeleton, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { ts } from './texts.ts'

type Question = { id: string, code: string, label: string, kind: 'text' | 'number' | 'choice' | 'yesNo' | 'date', options: string[], required: boolean, value: string | null }

/** 客户检查单 in place: what is still open stands out; saved with Enter or the button (SA-21). */
export function Checklist({ customerId }: { customerId: string }) {
  const say = useSay()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const key = ['sales', 'checklist', customerId]
  const read = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ questions: Question[] }>(`/customers/${customerId}/checklist`, { signal }) })
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={4} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  const { questions } = read.data
  if (questions.length === 0) return null
  const may = can('checklistAnswer:fill'), required = questions.filter(q => q.required), filled = required.filter(q => q.value !== null && q.value !== '').length
  const save = async () => {
    setBusy(true)
    try {
      queryClient.setQueryData(key, await api.post(`/customers/${customerId}/checklist`, { answers: typed }))
      setTyped({}); setWrong({})
      say.ok(ts('saved'))
      await forget('task', 'customer')
    } catch (error) {
      const fields = error instanceof ApiError ? (error.details as { fields?: Array<{ field: string, message: string }> } | undefined)?.fields : undefined
      if (fields) setWrong(Object.fromEntries(fields.map(f => [f.field, f.message])))
      else say.error(error)
    } finally { setBusy(false) }
  }
  const set = (code: string, value: string) => { setTyped(before => ({ ...before, [code]: value })); setWrong(({ [code]: _gone, ...rest }) => rest) }
  return (
    <section className="qc-panel"><header><h2>{ts('checklist')}</h2><span className="qc-soft">{filled === required.length ? ts('complete') : ts('filled', { a: filled, b: required.length })}</span></header>
      <form className="qc-panel-pad qc-stack" onSubmit={event => { event.preventDefault(); void save() }}>
        <p className="qc-soft">{ts('checklistHint')}</p>
        <div className="sa-questions">{questions.map(q => {
          const value = typed[q.code] ?? q.value ?? '', id = `check-${q.code}`
          const options = q.kind === 'yesNo' ? [{ value: '是', label: ts('yes') }, { value: '否', label: ts('no') }] : q.options.map(o => ({ value: o, label: o }))
          return (
            <label key={q.id} htmlFor={id} data-open={q.required && value === ''}><span>{q.label}{q.required && ' *'}</span>
              {q.kind === 'yesNo' || q.kind === 'choice' ? <Select id={id} disabled={!may} allowClear value={value || null} options={options} status={wrong[q.code] ? 'error' : ''} onChange={(v: string | null | undefined) => set(q.code, v ?? '')} /> : <Input id={id} disabled={!may} type={q.kind === 'date' ? 'date' : 'text'} inputMode={q.kind === 'number' ? 'decimal' : 'text'} status={wrong[q.code] ? 'error' : ''} value={value} onChange={event => set(q.code, event.target.value)} />}
              {wrong[q.code] && <span className="sa-wrong" role="alert">{wrong[q.code]}</span>}
            </label>)
        })}</div>
        {may && <div><button type="submit" className="qc-button qc-button-primary" disabled={busy || Object.keys(typed).length === 0}>{ts('save')}</button></div>}
      </form></section>
  )
}
