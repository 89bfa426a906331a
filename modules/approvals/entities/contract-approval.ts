import { defineEntity, f } from '@quancheng/kernel'
import { common, daysInOrder, OWN_FORM, ownForm } from '../rules/form.ts'

/** 合同审批. The text itself is attached. */
export const ContractApproval = defineEntity('contractApproval', {
  label: ['合同审批', 'Contract approval'],
  icon: 'file',
  fields: {
    ...common('HT'),
    title: f.text(['合同名称', 'Title'], { required: true, max: 100, search: 'text' }),
    partner: f.text(['对方', 'Partner'], { required: true, max: 100, search: 'name' }),
    kind: f.choice(['类别', 'Kind'], { purchase: ['采购', 'Purchase'], sales: ['销售', 'Sales'], service: ['服务', 'Service'], lease: ['租赁', 'Lease'], other: ['其他', 'Other'] }, { required: true, default: 'service' }),
    amount: f.money(['金额', 'Amount'], { required: true, min: 0 }),
    startsOn: f.date(['生效', 'From'], { required: true }),
    endsOn: f.date(['到期', 'To']),
    summary: f.text(['要点', 'Key points'], { multiline: true, max: 2000 }),
  },
  ...OWN_FORM,
  display: ['number', 'title'],
  list: ['number', 'applicantId', 'title', 'partner', 'amount', 'startsOn', 'stage'],
  hooks: { before(ctx, c) { ownForm(ctx, c); daysInOrder(c) } },
})
