import '../styles/form.css'
import { useRef, useState, type ReactNode } from 'react'
import { api, ApiError } from '../core/api.ts'
import { forget } from '../core/query.ts'
import { useEntity, useSession } from '../core/session.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, FieldMeta, Row } from '../core/types.ts'
import { useSay } from '../frame/say.ts'
import { EmptyState } from '../frame/States.tsx'
import { Icon } from '../icons.tsx'
import { Panels } from '../panels.tsx'
import { Field } from './Field.tsx'
import { problemText } from './problemText.ts'
import { tf } from './texts.ts'
import { changes, editable, grouped, orderProblems, ownUnit, problemOf, same, startValues, type Values } from './values.ts'
import { useGuard } from './useGuard.tsx'

export type EntityFormProps = {
  entity: string
  /** the record to change; without it a new one is made */
  row?: Row
  /** values that a new record starts with */
  initial?: Values
  /** only these fields, in this order */
  fields?: string[]
  /** sent with every save, not shown */
  fixed?: Values
  /** what it returns is waited for: until then the form is busy and may be left */
  onSaved: (row: Row) => void | Promise<void>
  onCancel?: () => void
  /** somebody has changed the record since: the person is told and goes on typing; `onReload` begins again with what is stored now */
  outdated?: boolean
  onReload?: () => void
  /** asks before leaving with changes; not inside dialogs */
  guard?: boolean
  /** the word on the button; 保存 unless told */
  okText?: string
  /** stands between the fields and the buttons */
  more?: ReactNode
  /** saving without a change: told and left by `onCancel` unless this says otherwise */
  onUnchanged?: () => void
}

/** The form of any entity, from its metadata: creates a record or sends what was changed. */
export function EntityForm(props: EntityFormProps) {
  const entity = useEntity(props.entity)
  if (!entity) return <EmptyState icon="lock" title={t('forbiddenTitle')} hint={t('forbiddenHint')} />
  return <Form {...props} meta={entity} />
}

function Form({ meta, row, initial, fields: names, fixed, onSaved, onCancel, outdated = false, onReload, guard = true, okText = t('save'), more, onUnchanged }: EntityFormProps & { meta: EntityMeta }) {
  const say = useSay()
  const { user, permissions } = useSession()
  const all = editable(meta, row === undefined)
  const fields = names ? names.flatMap(name => all.find(field => field.name === name) ?? []) : all
  const [values, setValues] = useState<Values>(() => row ? {} : startValues(fields, { ...ownUnit(fields, user.unitId, permissions[`${meta.name}:create`]), ...initial }))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const [start] = useState(values)
  const dirty = !same(start, values)
  const pass = useGuard(guard && dirty && !busy)
  // A masked value is not a value: the box stays empty, and empty and untouched is not sent.
  const valueOf = (field: FieldMeta) => field.name in values ? values[field.name] : row?.$masked?.includes(field.name) ? null : row?.[field.name]

  const change = (field: FieldMeta) => (value: unknown) => {
    setValues(before => ({ ...before, [field.name]: value }))
    setErrors(({ [field.name]: _gone, ...rest }) => rest)
  }
  const refuse = (problems: Record<string, string>) => {
    setErrors(problems)
    const first = fields.find(field => problems[field.name])
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`[data-field="${first?.name}"] input, [data-field="${first?.name}"] textarea`)?.focus())
  }
  const submit = async () => {
    if (busy) return
    const problems: Record<string, string> = {}
    for (const field of fields) {
      // What was stored before is judged by the server only: an old value may break a newer rule.
      if (row && !(field.name in values)) continue
      const problem = problemOf(field, valueOf(field))
      if (problem) problems[field.name] = problemText(field, problem)
    }
    for (const { field, start: from } of orderProblems(fields, valueOf)) if (!row || field.name in values || from.name in values) problems[field.name] ??= tf('order', { start: from.label })
    if (Object.keys(problems).length > 0) { refuse(problems); return }
    const body = changes(fields, row, values)
    if (row && Object.keys(body).length === 0 && onUnchanged) { pass(); onUnchanged(); return }
    if (row && Object.keys(body).length === 0) { say.ok(tf('nothingChanged')); onCancel?.(); return }
    setBusy(true)
    try {
      const saved = row
        ? await api.patch<Row>(`/${meta.plural}/${row.id}`, { ...body, ...fixed, ...(row.version === undefined ? {} : { version: row.version }) })
        : await api.post<Row>(`/${meta.plural}`, { ...body, ...fixed })
      await forget(meta.name)
      pass()
      say.ok(t('saved'))
      await onSaved(saved)
    } catch (error) {
      if (error instanceof ApiError && error.fields.length > 0) {
        refuse(Object.fromEntries(error.fields.map(each => [each.field, each.message])))
        const elsewhere = error.fields.find(each => !fields.some(field => field.name === each.field))
        if (elsewhere) say.error(elsewhere.message)
      } else if (error instanceof ApiError && error.code === 'CHANGED_MEANWHILE') {
        setConflict(true)
      } else {
        say.error(error)
      }
    } finally {
      setBusy(false)
    }
  }

  // one's own unit has its name already: it need not be readable as a record
  const named = user.unitId && user.unitName ? { id: '', unitId: user.unitId, $labels: { unitId: user.unitName } } : undefined
  const count = Object.keys(errors).length
  return (
    <form ref={form} className="qc-form" noValidate onSubmit={event => { event.preventDefault(); void submit() }}
      onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void submit() } }}>
      {(conflict || (outdated && !busy)) && (
        <div className="qc-notice" role="alert"><Icon name="warn" />{t('changedMeanwhile')}
          <button type="button" className="qc-link" onClick={() => { setConflict(false); void forget(meta.name).then(onReload) }}>{tf('reloadRow')}</button></div>
      )}
      {grouped(fields).map(({ group, fields: inside }, index) => (
        <fieldset key={group}>
          {(group || inside.every(field => field.custom)) && <legend>{group || tf('tenantField')}</legend>}
          <div className="qc-fields">
            {inside.map((field, i) => <Field key={field.name} field={field} value={valueOf(field)} onChange={change(field)} error={errors[field.name]} autoFocus={index === 0 && i === 0} row={row ?? named} values={{ ...row, ...values }} />)}
          </div>
        </fieldset>
      ))}
      {more}
      <div className="qc-form-end">
        {row === undefined && <Panels place={`${meta.name}.form`} row={{ id: '', ...values, ...fixed }} />}
        <button type="submit" className="qc-button qc-button-primary" disabled={busy}>{okText}</button>
        {onCancel && <button type="button" className="qc-button" onClick={onCancel}>{t('cancel')}</button>}
        {count > 0 ? <span className="qc-danger" role="alert">{tf('fixBelow', { n: count })}</span> : <span className="qc-faint qc-desk-only">{tf('saveHint')}</span>}
      </div>
    </form>
  )
}
