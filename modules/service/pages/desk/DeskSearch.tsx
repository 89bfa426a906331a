import { api, fieldOf, groupPhone, Icon, messageOf, t, Tag, useDebounced, useEntity, When, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { forwardRef, useEffect, useState } from 'react'
import type { DeskFound } from '../shared/types.ts'
import { choicesOf, type Choice } from './results.ts'
import { td } from './texts.ts'

type Props = { text: string, onText: (text: string) => void, calling: boolean, onChoose: (choice: Choice) => void }

const groupLabels = { requests: 'requests', devices: 'devices', customers: 'customers', new: 'newOne' } as const

/** The one box of the counter. */
export const DeskSearch = forwardRef<HTMLInputElement, Props>(function DeskSearch({ text, onText, calling, onChoose }, input) {
  const [at, setAt] = useState(0)
  const q = useDebounced(text.trim(), 150)
  const enough = [...q].length >= 2
  const found = useQuery({ queryKey: ['desk', 'search', q], queryFn: ({ signal }) => api.get<DeskFound>('/service/desk', { query: { q }, signal }), enabled: enough, placeholderData: previous => previous, staleTime: 0 })
  const fresh = enough && q === text.trim()
  const groups = choicesOf(enough ? found.data : undefined, text, calling)
  const flat = groups.flatMap(group => group.choices)
  useEffect(() => setAt(0), [q])
  const settled = fresh && !found.isFetching
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') { event.preventDefault(); setAt(Math.min(at + 1, flat.length - 1)) }
    else if (event.key === 'ArrowUp') { event.preventDefault(); setAt(Math.max(at - 1, 0)) }
    else if (event.key === 'Escape') onText('')
    else if (event.key === 'Enter') {
      event.preventDefault()
      // Enter before the answer would take what was found for the text before.
      const choice = flat[at]
      if (choice && (settled || !enough)) onChoose(choice)
    }
  }
  return (
    <div className="sd-search" role="search">
      <Icon name="search" size={20} />
      <input ref={input} id="sd-q" type="search" role="combobox" autoFocus autoComplete="off" spellCheck={false} aria-expanded={flat.length > 0} aria-controls="sd-found" aria-activedescendant={flat[at] ? `sd-choice-${at}` : undefined}
        aria-label={td('search')} placeholder={td('search')} value={text} onChange={event => onText(event.target.value)} onKeyDown={onKey} />
      <kbd aria-hidden>/</kbd>
      {text.trim() !== '' && (
        <div className="sd-found" id="sd-found" role="listbox" aria-label={td('search')}>
          {found.isError && <p className="sd-hint qc-danger">{messageOf(found.error)}</p>}
          {enough && settled && flat.length === 1 && <p className="sd-hint">{td('nothing', { q: text.trim() })}</p>}
          {groups.map(group => (
            <div key={group.name} role="group" aria-label={td(groupLabels[group.name])}>
              {group.name !== 'new' && <h3>{td(groupLabels[group.name])}</h3>}
              {group.choices.map(choice => {
                const mine = flat.indexOf(choice)
                return <button key={keyOf(choice)} id={`sd-choice-${mine}`} type="button" role="option" tabIndex={-1} aria-selected={mine === at} className="sd-choice" onPointerMove={() => setAt(mine)} onClick={() => onChoose(choice)}><Line choice={choice} /></button>
              })}
            </div>
          ))}
          <p className="sd-hint sd-keys">{found.isFetching ? t('loading') : td('searchKeys')}</p>
        </div>
      )}
    </div>
  )
})

const keyOf = (choice: Choice): string => choice.kind === 'request' ? 'r' + choice.request.id : choice.kind === 'device' ? 'd' + choice.device.id : choice.kind === 'customer' ? 'c' + choice.customer.id : 'new'
const textOf = (value: unknown): string => typeof value === 'string' ? value : ''

function Line({ choice }: { choice: Choice }) {
  if (choice.kind === 'new') return <><Icon name="plus" size={18} /><b>{choice.q ? td('newCustomerWith', { q: choice.q }) : td('newCustomer')}</b></>
  if (choice.kind === 'customer') return <><Icon name="user" size={18} /><b>{textOf(choice.customer.name)}</b><span className="qc-number">{groupPhone(textOf(choice.customer.phone))}</span><OptionTag entity="customer" field="tier" row={choice.customer} /><span className="qc-faint qc-clip">{td('otherDevice')}</span></>
  if (choice.kind === 'device') {
    const { device, customer } = choice
    const name = textOf(customer?.name) || device.$labels?.customerId || ''
    return <><Icon name="device" size={18} /><b>{textOf(device.model)}</b><span className="qc-number">{textOf(device.serialNo)}</span><span className="qc-clip">{name}</span>{customer && <span className="qc-number qc-faint">{groupPhone(textOf(customer.phone))}</span>}</>
  }
  const { request } = choice
  return <><Icon name="request" size={18} /><b className="qc-number">{textOf(request.number)}</b><OptionTag entity="serviceRequest" field="stage" row={request} /><span className="qc-clip">{textOf(request.customerName)} {textOf(request.model)}</span><span className="qc-faint"><When at={textOf(request.startedAt)} form="relative" /></span></>
}

function OptionTag({ entity, field, row }: { entity: string, field: string, row: Row }) {
  const meta = useEntity(entity)
  const option = meta && fieldOf(meta, field)?.options?.find(each => each.value === row[field])
  return option ? <Tag color={option.color === 'default' ? undefined : option.color}>{option.label}</Tag> : null
}
