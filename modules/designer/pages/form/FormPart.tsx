import './form.css'
import { Icon } from '@quancheng/ui'
import { lazy, Suspense, useState } from 'react'
import { readForm } from '../../rules/form.ts'
import type { PanelProps } from '../panel/common.tsx'
import { Section } from '../panel/inputs.tsx'
import { tp } from '../panel/texts.ts'
import { formElements } from '../studio/elements.ts'
import { labelOf } from './preview.ts'
import { tg } from './texts.ts'

const FormDesigner = lazy(() => import('./FormDesigner.tsx').then(module => ({ default: module.FormDesigner })))

/** The form in the panel of its task: what is on it, and the way to where it is designed. */
export function FormPart(props: PanelProps) {
  const [open, setOpen] = useState(false)
  const form = readForm(formElements(props.bo))
  const fields = form.filter(e => e.part === 'field')
  const said = props.said.filter(p => p.code.startsWith('FEEL_') || /的字段“|的表单里|qc:(Field|Section)/.test(p.message))
  return (
    <Section name="fields" title={tp('fields')} count={fields.length} open>
      {fields.length > 0 && <p className="qf-summary">{fields.map(e => labelOf(e, props.entity)).join('、')}</p>}
      <p className="qc-field-help">{fields.length ? tg('summary', { fields: fields.length, sections: form.filter(e => e.part === 'section').length }) : tg('empty')}</p>
      {said.length > 0 && <div className="qc-field-error" role="alert">{said.map(p => p.message).join('；')}</div>}
      <button type="button" className="qd-add" onClick={() => setOpen(true)}><Icon name="field" size={14} />{tg('open')}</button>
      {open && <Suspense fallback={null}><FormDesigner at={props} onClose={() => setOpen(false)} /></Suspense>}
    </Section>
  )
}
