import { durationText, Icon } from '@quancheng/ui'
import { useState, type ReactNode } from 'react'
import type { Defaults, Input } from '../api.ts'
import { ts } from '../texts.ts'
import { parseWeighted } from '../../rules/weighted.ts'
import { Choice, DurationInput, NumberInput, Shares } from './inputs.tsx'

type Props = { defaults: Defaults, input: Input, busy: boolean, onChange: (input: Input) => void, onRun: () => void, onReset: () => void }

/** What is assumed: how many come, how many people there are, how long work takes and how it ends. */
export function Form({ defaults, input, busy, onChange, onRun, onReset }: Props) {
  const set = (part: Partial<Input>) => onChange({ ...input, ...part })
  const [profile, setProfile] = useState(() => (input.arrivals.kind === 'profile' ? input.arrivals.perHour.join(',') : ''))
  const a = input.arrivals
  const arrive = (kind: Input['arrivals']['kind']) => {
    const perHour = a.kind === 'poisson' ? a.perHour : a.kind === 'interval' ? 60 / a.minutes : Math.max(...a.perHour)
    if (kind === 'profile') setProfile(Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 18 ? Math.round(perHour * 100) / 100 : 0)).join(','))
    set({ arrivals: kind === 'poisson' ? { kind, perHour: Math.round(perHour * 100) / 100 } : kind === 'interval' ? { kind, minutes: Math.round(600 / perHour) / 10 } : { kind, perHour: Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 18 ? perHour : 0)) } })
  }
  return (
    <form className="qc-panel si-form" onSubmit={event => { event.preventDefault(); onRun() }}>
      <Section title={ts('size')} open>
        <div className="si-line"><span>{ts('until')}</span><span className="qc-row">
          <Choice label={ts('until')} value={input.days === null ? 'cases' : 'days'} options={[['cases', ts('byCases')], ['days', ts('byDays')]]} onChange={kind => set(kind === 'cases' ? { cases: 200, days: null } : { cases: null, days: 20 })} />
          {input.days === null ? <NumberInput label={ts('byCases')} value={input.cases} min={1} max={20000} step={1} onChange={cases => set({ cases: Math.round(cases) })} /> : <NumberInput label={ts('byDays')} value={input.days} min={1} max={366} onChange={days => set({ days })} />}
        </span></div>
        <div className="si-line"><span>{ts('arrivals')}</span><span className="qc-row">
          <Choice label={ts('arrivals')} value={a.kind} options={[['poisson', ts('poisson')], ['interval', ts('interval')], ['profile', ts('profile')]]} onChange={arrive} />
          {a.kind === 'poisson' && <NumberInput label={ts('arrivals')} value={a.perHour} min={0.01} unit={ts('perHour', { unit: ts('cases') })} onChange={perHour => set({ arrivals: { kind: 'poisson', perHour } })} />}
          {a.kind === 'interval' && <NumberInput label={ts('arrivals')} value={a.minutes} min={0.01} unit={ts('everyMinutes')} onChange={minutes => set({ arrivals: { kind: 'interval', minutes } })} />}
        </span></div>
        {a.kind === 'profile' && <label className="si-wide"><span className="qc-faint">{ts('hourly')}</span><input value={profile} onChange={event => {
          setProfile(event.target.value)
          const hours = event.target.value.split(/[,，\s]+/).filter(Boolean).map(Number)
          if (hours.length === 24 && hours.every(n => n >= 0)) set({ arrivals: { kind: 'profile', perHour: hours } })
        }} /></label>}
        <div className="si-line"><span>{ts('discipline')}</span><Choice label={ts('discipline')} value={input.discipline} options={[['fifo', ts('fifo')], ['due', ts('due')]]} onChange={discipline => set({ discipline })} /></div>
        <div className="si-line" title={ts('seedHint')}><span>{ts('seed')}</span><NumberInput label={ts('seed')} value={input.seed} max={4294967295} step={1} onChange={seed => set({ seed: Math.round(seed) })} /></div>
      </Section>
      {defaults.roles.length > 0 && <Section title={ts('staff')} open>{defaults.roles.map(({ role, name, people }) => {
        const staff = input.staff[role] ?? { number: 1 }
        const change = (part: Partial<typeof staff>) => set({ staff: { ...input.staff, [role]: { ...staff, ...part } } })
        return (
          <div className="si-line" key={role}><span>{role === '' ? ts('noRole') : name}{people > 0 && <small className="qc-faint"> {ts('people', { n: people })}</small>}</span><span className="qc-row">
            {staff.number !== null && <NumberInput label={`${name} ${ts('persons')}`} value={staff.number} step={1} unit={ts('persons')} onChange={n => change({ number: Math.round(n) })} />}
            <label className="si-check"><input type="checkbox" checked={staff.number === null} onChange={event => change({ number: event.target.checked ? null : Math.max(1, people) })} />{ts('unlimited')}</label>
            <Choice label={`${name} ${ts('business')}`} value={staff.hours ?? 'business'} options={[['business', ts('business')], ['always', ts('always')]]} onChange={hours => change({ hours })} />
          </span></div>
        )
      })}</Section>}
      <Section title={ts('steps')}>{defaults.steps.map(step => (
        <div className="si-step" key={step.key}>
          <div className="qc-row-between"><b>{step.name}</b><small className="qc-faint">{step.known > 0 ? ts('fromHistory', { n: step.known }) : step.standard ? ts('standardOf', { d: durationText(step.standard.minutes) }) : step.kind === 'serviceTask' ? ts('program') : step.kind === 'userTask' ? '' : ts('outside')}</small></div>
          <DurationInput name={step.name} value={input.durations[step.key] ?? { kind: 'fixed', minutes: 0 }} onChange={d => set({ durations: { ...input.durations, [step.key]: d } })} />
          {step.kind === 'userTask' && <label className="si-check" title={ts('unattendedHint')}><input type="checkbox" checked={input.unattended.includes(step.key)} onChange={event => set({ unattended: event.target.checked ? [...input.unattended, step.key] : input.unattended.filter(each => each !== step.key) })} />{ts('unattended')}</label>}
          {step.outcomes.length > 1 && <Shares name={step.name} options={step.outcomes} value={input.outcomes[step.key] ?? {}} onChange={shares => set({ outcomes: { ...input.outcomes, [step.key]: shares } })} />}
        </div>
      ))}</Section>
      {defaults.gateways.length > 0 && <Gateways defaults={defaults} input={input} set={set} />}
      <div className="si-go"><button type="submit" className="qc-button qc-button-primary" disabled={busy}><Icon name="play" />{ts(busy ? 'running' : 'run')}</button><button type="button" className="qc-button" onClick={onReset}>{ts('reset')}</button></div>
    </form>
  )
}

function Gateways({ defaults, input, set }: { defaults: Defaults, input: Input, set: (part: Partial<Input>) => void }) {
  const [texts, setTexts] = useState<Record<string, string>>({})
  const { gateways } = input
  return (
    <Section title={ts('gateways')}>
      {defaults.gateways.map(g => {
        const shares = gateways[g.key]
        const byShare = () => set({ gateways: { ...gateways, [g.key]: defaults.input.gateways[g.key] ?? {} } })
        const byCondition = () => set({ gateways: Object.fromEntries(Object.entries(gateways).filter(([key]) => key !== g.key)) })
        return (
          <div className="si-step" key={g.key}>
            <div className="qc-row-between"><b>{g.name}</b><Choice label={g.name} value={shares ? 'share' : 'condition'} options={[['share', ts('byShare')], ['condition', ts('byCondition')]]} onChange={kind => (kind === 'share' ? byShare() : byCondition())} /></div>
            {shares ? <Shares name={g.name} options={g.flows.map(f => ({ id: f.id, label: f.name, hint: f.condition ?? undefined }))} value={shares} onChange={next => set({ gateways: { ...gateways, [g.key]: next } })} />
              : <ul className="qc-plain">{g.flows.map(f => <li key={f.id}>{f.name} <code className="qc-faint">{f.otherwise ? ts('otherwise') : f.condition}</code></li>)}</ul>}
          </div>
        )
      })}
      {defaults.variables.length > 0 && defaults.gateways.some(g => !gateways[g.key]) && <div className="si-step"><b>{ts('variables')}</b><small className="qc-faint">{ts('variablesHint')}</small>
        {defaults.variables.map(name => <label className="si-line" key={name}><span className="qc-mono">{name}</span><input value={texts[name] ?? ''} onChange={event => {
          setTexts(all => ({ ...all, [name]: event.target.value }))
          const values = parseWeighted(event.target.value)
          set({ variables: values.length ? { ...input.variables, [name]: values } : Object.fromEntries(Object.entries(input.variables).filter(([key]) => key !== name)) })
        }} /></label>)}</div>}
    </Section>
  )
}

function Section({ title, open = false, children }: { title: string, open?: boolean, children: ReactNode }) {
  return <details className="si-section" open={open}><summary>{title}</summary>{children}</details>
}
