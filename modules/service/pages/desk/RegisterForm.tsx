import { api, ApiError, forget, Icon, keys, problemOf, problemText, queryClient, useEntity, useGuard, useSay, fieldOf } from '@quancheng/ui'
import { useEffect, useRef, useState } from 'react'
import type { Registered } from '../shared/types.ts'
import { CoverMark } from './CoverMark.tsx'
import { DESK_FIELDS, emptyDraft, filledCount, hasDevice, registerBody, valueOf, type Draft, type Known, type Part } from './fields.ts'
import { PartFields } from './PartFields.tsx'
import { RepeatMark } from './RepeatMark.tsx'
import { td } from './texts.ts'

type Props = { known: Known, first: Draft, onKnown: (known: Known) => void, onDraft: (draft: Draft) => void, onRegistered: (answer: Registered) => void, onCancel: () => void }

const parts: Part[] = ['customer', 'device', 'request']

/** Fifteen fields, most of them filled when the device was here before; one act stores them all (SP-27). */
export function RegisterForm({ known, first, onKnown, onDraft, onRegistered, onCancel }: Props) {
  const say = useSay()
  const [draft, setDraft] = useState<Draft>(first)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const metas = { customer: useEntity('customer'), device: useEntity('device'), request: useEntity('serviceRequest') }
  const dirty = parts.some(part => Object.keys(draft[part]).length > 0)
  const pass = useGuard(dirty && !busy)
  const filled = filledCount(known)
  const start = known.device ? 'sd-request-faultDescription' : known.customer ? 'sd-device-model' : draft.customer.phone ? 'sd-customer-name' : 'sd-customer-phone'
  useEffect(() => { document.getElementById(start)?.focus() }, [start])

  const told = useRef(onDraft)
  told.current = onDraft
  useEffect(() => told.current(draft), [draft])

  const change = (part: Part, name: string, value: unknown) => {
    setDraft(before => ({ ...before, [part]: { ...before[part], [name]: value } }))
    setErrors(({ [`${part}.${name}`]: _gone, ...rest }) => rest)
  }
  const refuse = (problems: Record<string, string>) => {
    setErrors(problems)
    const [part, name] = Object.keys(problems)[0]?.split('.') ?? []
    requestAnimationFrame(() => document.getElementById(`sd-${part}-${name}`)?.focus())
  }
  const problems = (): Record<string, string> => {
    const found: Record<string, string> = {}
    const empty = (part: Part, name: string) => { const value = valueOf(draft, known, part, name); return value === null || value === undefined || String(value).trim() === '' }
    for (const part of parts) {
      const meta = metas[part]
      for (const name of DESK_FIELDS[part]) {
        const field = meta && fieldOf(meta, name)
        if (!field || (part === 'device' && !hasDevice(draft, known))) continue
        const problem = problemOf(field, valueOf(draft, known, part, name), field.required && part !== 'request')
        if (problem) found[`${part}.${name}`] = problemText(field, problem)
      }
    }
    if (empty('customer', 'phone')) found['customer.phone'] ??= td('phoneNeeded')
    if (empty('device', 'productLineId')) found['device.productLineId'] = td('chooseLine')
    if (empty('request', 'faultDescription')) found['request.faultDescription'] = td('faultNeeded')
    return found
  }
  const submit = async () => {
    if (busy) return
    const found = problems()
    if (Object.keys(found).length > 0) { refuse(found); return }
    setBusy(true)
    try {
      const answer = await api.post<Registered>('/service/desk/register', registerBody(draft, known))
      pass()
      await Promise.all([forget('serviceRequest', 'customer', 'device'), queryClient.invalidateQueries({ queryKey: keys.tasks })])
      say.ok(td('registered', { number: String(answer.request.number) }))
      onRegistered(answer)
    } catch (error) {
      const taken = error instanceof ApiError && error.code === 'UNIQUE' && typeof error.details.name === 'string' ? [{ field: error.details.name, message: td('taken') }] : []
      const fields = error instanceof ApiError && error.fields.length > 0 ? error.fields : taken
      if (fields.length > 0) refuse(Object.fromEntries(fields.map(each => [`${partOf(each.field)}.${each.field}`, each.message])))
      say.error(error)
    } finally { setBusy(false) }
  }
  const cancel = async () => {
    if (dirty && !await say.ask({ title: td('cancelTitle'), content: td('cancelHint') + (known.requestId ? td('cancelCalled') : ''), danger: true, okText: td('cancel') })) return
    pass()
    onCancel()
  }
  const count = Object.keys(errors).length
  return (
    <form ref={form} className="qc-panel sd-form" noValidate onSubmit={event => { event.preventDefault(); void submit() }}
      onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void submit() } }}>
      <header><h2>{td('registering')} <span className="sd-for">{known.number ? td('forNumber', { number: known.number }) : td('walkIn')}</span></h2>{filled > 0 && <span className="sd-filled"><Icon name="check" />{td('filled', { n: filled })}</span>}</header>
      {parts.map(part => (
        <fieldset key={part}>
          <legend>{td(part === 'customer' ? 'partCustomer' : part === 'device' ? 'partDevice' : 'partRequest')}
            {part === 'customer' && known.customer && <button type="button" className="qc-link" onClick={() => { onKnown({ ...known, customer: null, device: null }); setDraft(before => ({ ...emptyDraft(), request: before.request })) }}>{td('changeCustomer')}</button>}
            {part === 'device' && known.device && <button type="button" className="qc-link" onClick={() => { onKnown({ ...known, device: null }); setDraft(before => ({ ...before, device: {} })) }}>{td('changeDevice')}</button>}
            {part !== 'request' && !known[part] && <span className="qc-faint">{td('newOne')}</span>}</legend>
          <PartFields part={part} draft={draft} known={known} errors={errors} onChange={change} />
          {part === 'device' && <CoverMark serialNo={valueOf(draft, known, 'device', 'serialNo')} />}
          {part === 'device' && <RepeatMark serialNo={valueOf(draft, known, 'device', 'serialNo')} />}
        </fieldset>
      ))}
      <div className="sd-end">
        <button type="submit" className="qc-button qc-button-primary" disabled={busy}>{td('register')}<kbd>{td('registerKeys')}</kbd></button>
        <button type="button" className="qc-button" disabled={busy} onClick={() => void cancel()}>{td('cancel')}</button>
        {count > 0 && <span className="qc-danger" role="alert">{td('fix', { n: count })}</span>}
      </div>
    </form>
  )
}

/** The server names the field; the counter has it in one of three parts. */
function partOf(field: string): Part {
  return parts.find(part => (DESK_FIELDS[part] as readonly string[]).includes(field)) ?? 'request'
}
