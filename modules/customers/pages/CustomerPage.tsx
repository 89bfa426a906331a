import { defineTexts, EntityPage, Tag } from '@quancheng/ui'
import { useParams } from 'react-router'

const tc = defineTexts({ proven: ['手机号已验证', 'Phone proven'], unproven: ['手机号未验证', 'Phone not proven'] })

/** The page that metadata makes, with one word on whether the telephone is shown to be the customer's (SP-22). */
export default function CustomerPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="customer" id={id} actions={row => (row.phone ? <Tag color={row.phoneProvenAt ? 'green' : undefined}>{tc(row.phoneProvenAt ? 'proven' : 'unproven')}</Tag> : null)} />
}
