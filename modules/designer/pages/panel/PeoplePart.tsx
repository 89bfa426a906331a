import { camundaPrefix, camundaText } from '../studio/calls.ts'
import { fileOf } from '../studio/roots.ts'
import { Person } from './ApprovalPart.tsx'
import type { PanelProps } from './common.tsx'
import { Section, Several } from './inputs.tsx'
import { tp } from './texts.ts'

const words = (text: string): string[] => text.split(/[\s,，、]+/).filter(Boolean)

/** Several posts, or people by name, from whom any one may take the step. Written in the way that other modellers read too. */
export function PeoplePart({ studio, shape, bo, catalogue, disabled }: PanelProps) {
  const [groups, users] = [camundaText(bo, 'candidateGroups'), camundaText(bo, 'candidateUsers')]
  const put = (name: 'candidateGroups' | 'candidateUsers', next: readonly string[]) => {
    const { prefix, declare } = camundaPrefix(bo)
    studio.together(() => {
      if (declare) studio.setInner(shape, fileOf(bo), declare)
      studio.set(shape, { [`${prefix}:${name}`]: next.length ? next.join(',') : undefined })
    })
  }
  // an expression of another modeller is shown as it is, not taken apart
  const written = [groups, users].find(t => /^=|[$#]\{/.test(t))
  return (
    <Section name="people" title={tp('people')} hint={tp('peopleHint')} count={words(groups).length + words(users).length}>
      {written ? <p className="qc-field-help"><code>{written}</code></p> : <>
        <Several label={tp('candidateGroups')} value={words(groups)} options={[...catalogue.roles.map(r => ({ value: r.code, label: r.name })), ...words(groups).filter(c => !catalogue.roles.some(r => r.code === c)).map(code => ({ value: code, label: tp('roleUnknown', { code }) }))]} disabled={disabled} onChange={next => put('candidateGroups', next)} />
        <Person bare={false} multiple label={tp('candidateUsers')} value={words(users)} disabled={disabled} onChange={next => put('candidateUsers', next)} />
      </>}
    </Section>
  )
}
