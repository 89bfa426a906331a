import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { Campaign, Lead } from '@quancheng/sales'

/** 短信回复: what a customer sent back to us, and what it was taken for (MK-02, MK-08). The number the gateway gave it is why none counts twice. */
export const CampaignReply = defineEntity('campaignReply', {
  label: ['短信回复', 'Reply by SMS'],
  icon: 'comment',
  fields: {
    at: f.datetime(['收到时间', 'At'], { required: true }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'cascade' }),
    phone: f.phone(['号码', 'Telephone'], { required: true }),
    text: f.text(['内容', 'Text'], { required: true, max: 1000, multiline: true, personal: true }),
    meaning: f.choice(['当作', 'Taken for'], { answer: ['回应', 'Answer', 'green'], leave: ['退订', 'Opt out', 'orange'], none: ['没有对应的活动', 'No campaign', 'default'] }, { required: true, index: true }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'setNull' }),
    leadId: f.ref(['线索', 'Lead'], () => Lead, { onDelete: 'setNull', index: false }),
    gatewayId: f.text(['网关编号', 'Gateway id'], { required: true, hidden: true, max: 120, unique: true }),
  },
  travels: 'never',
  display: ['phone', 'text'],
  list: ['at', 'customerId', 'phone', 'text', 'meaning', 'campaignId', 'leadId'],
  sort: '-at',
  managed: true,
})
