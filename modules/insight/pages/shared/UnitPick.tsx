import { RefPicker, useSession } from '@quancheng/ui'

/** A unit to look at, for those who may look at more than their own. The server decides again. */
export function UnitPick({ permission, value, onChange, label }: { permission: string, value: string | null, onChange: (id: string | null) => void, label: string }) {
  const scopes = useSession().permissions[permission] ?? useSession().permissions['*'] ?? []
  if (!scopes.some(each => each === 'all' || each === 'region')) return null
  return <RefPicker entity="unit" ariaLabel={label} placeholder={label} value={value} filter={{ kind: { in: ['group', 'hq', 'region', 'station'] }, off: false }} onChange={id => onChange(typeof id === 'string' ? id : null)} style={{ width: 170 }} />
}
