import { useState } from 'react'
import { tw } from '../texts.ts'
import { plain } from '../../rules/weighted.ts'

/** The variables as they are now; a change is a move like any other and can be undone. */
export function Variables({ variables, ended, onSet }: { variables: Readonly<Record<string, unknown>>, ended: boolean, onSet: (variables: Record<string, unknown>) => void }) {
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const written = (each: unknown): string => (typeof each === 'string' ? each : JSON.stringify(each) ?? '')
  const changed = Object.entries(texts).filter(([key, text]) => text !== written(variables[key]))
  const apply = () => onSet({ ...Object.fromEntries(changed.map(([key, text]) => [key, typeof variables[key] === 'string' ? text : plain(text)])), ...(name.trim() ? { [name.trim()]: plain(value) } : {}) })
  return (
    <form className="wk-vars" onSubmit={event => { event.preventDefault(); apply() }}>
      {Object.entries(variables).map(([key, each]) => <label key={key}><span className="qc-mono qc-clip" title={key}>{key}</span><input disabled={ended} value={texts[key] ?? written(each)} onChange={event => setTexts(all => ({ ...all, [key]: event.target.value }))} /></label>)}
      {!ended && <div><input aria-label={tw('variableName')} placeholder={tw('addVariable')} value={name} onChange={event => setName(event.target.value)} /><input aria-label={tw('variableValue')} placeholder={tw('variableValue')} value={value} onChange={event => setValue(event.target.value)} /></div>}
      {!ended && (changed.length > 0 || name.trim() !== '') && <button type="submit" className="qc-button">{tw('apply')}</button>}
    </form>
  )
}
