import { defineEntity, f } from '@quancheng/kernel'
import { Campaign } from '@quancheng/sales'

/** 名单导入: one bought list and what became of its rows (MK-04). */
export const CampaignList = defineEntity('campaignList', {
  label: ['名单导入', 'List import'],
  icon: 'upload',
  fields: {
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { required: true, onDelete: 'cascade' }),
    file: f.text(['文件', 'File'], { required: true, max: 200 }),
    at: f.datetime(['导入时间', 'At'], { required: true }),
    total: f.integer(['行数', 'Rows'], { required: true }),
    made: f.integer(['成为线索', 'Leads'], { required: true }),
    doubles: f.integer(['重复', 'Doubles'], { required: true }),
    bad: f.integer(['不完整', 'Incomplete'], { required: true }),
    byId: f.ref(['导入人', 'By'], () => 'user', { onDelete: 'setNull', index: false }),
  },
  scope: { via: 'campaignId' },
  travels: 'never',
  display: ['file'],
  list: ['at', 'campaignId', 'file', 'total', 'made', 'doubles', 'bad', 'byId'],
  sort: '-at',
  managed: true,
})
