import { useState } from 'react'
import { api } from '../core/api.ts'
import type { EntityMeta, FieldMeta, Row } from '../core/types.ts'
import { useSay } from '../frame/say.ts'
import { grouped } from '../form/values.ts'
import { Icon } from '../icons.tsx'
import { FieldValue } from '../list/FieldValue.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { tp } from './texts.ts'

const system = ['createdAt', 'createdBy', 'updatedAt', 'updatedBy']

/** The values of a record in their groups; masked ones can be revealed with a reason. */
export function Fields({ entity, row, hide = [] }: { entity: EntityMeta, row: Row, hide?: string[] }) {
  const say = useSay()
  const [asking, setAsking] = useState<FieldMeta | null>(null)
  const [revealed, setRevealed] = useState<Record<string, unknown>>({})
  const fields = entity.fields.filter(field => !hide.includes(field.name))
  const shown: Row = { ...row, ...revealed, $masked: (row.$masked ?? []).filter(name => !(name in revealed)) }
  const reveal = async (reason: string) => {
    try {
      const { value } = await api.post<{ value: unknown }>(`/${entity.plural}/${row.id}/reveal`, { field: asking!.name, reason })
      setRevealed(before => ({ ...before, [asking!.name]: value }))
      setAsking(null)
    } catch (error) { say.error(error) }
  }
  const groups = grouped([...fields.filter(field => !system.includes(field.name)), ...fields.filter(field => system.includes(field.name))]
    .map(field => ({ ...field, group: system.includes(field.name) ? tp('systemInfo') : field.group ?? (field.custom ? tp('tenant') : '') })))
  return (
    <div className="qc-values-groups">
      {groups.map(({ group, fields: inside }) => (
        <section key={group}>
          {groups.length > 1 && <h3>{group || tp('details')}</h3>}
          <dl className="qc-values">
            {inside.map(field => (
              <div key={field.name} className={field.multiline || field.type === 'json' ? 'qc-field-wide' : undefined}>
                <dt title={field.help}>{field.label}</dt>
                <dd>
                  <FieldValue field={field} row={shown} />
                  {shown.$masked?.includes(field.name) && entity.actions.reveal && (
                    <button type="button" className="qc-link" onClick={() => setAsking(field)}><Icon name="eye" size={14} /> {tp('reveal')}</button>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {asking && <ReasonDialog open title={tp('revealTitle', { label: asking.label })} hint={tp('revealHint')} onOk={reveal} onClose={() => setAsking(null)} />}
    </div>
  )
}
