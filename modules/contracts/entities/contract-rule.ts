import { defineEntity, f } from '@quancheng/kernel'

/** The company's rules for contracts and collection; one row a tenant, made with it. Who approves from which amount is the decision table 合同审批权限. */
export const ContractRule = defineEntity('contractRule', {
  label: ['合同与回款规则', 'Rules for contracts'],
  icon: 'setting',
  fields: {
    name: f.text(['适用', 'For'], { required: true, immutable: true, unique: true, max: 40 }),
    orderDays: f.integer(['签约后几个工作日内录入订单', 'Working days to enter an order'], { required: true, default: 3, min: 1, max: 60 }),
    remindDays: f.integer(['逾期款每几天提醒一次', 'Days between reminders'], { required: true, default: 7, min: 1, max: 90 }),
    scanToSign: f.boolean(['签订前须有签字盖章的扫描件', 'A signed scan before signing'], { required: true, default: false, help: ['打开后，没有选定扫描件（PDF 或图片）的合同不能签订，因而不会生效', 'No contract is in force without its scan'] }),
    ourName: f.text(['乙方名称', 'Our name'], { max: 100, help: ['空着时用企业名称', 'Empty: the company'] }),
    ourAddress: f.text(['乙方地址', 'Our address'], { max: 200 }),
    ourPhone: f.text(['乙方电话', 'Our telephone'], { max: 40 }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'orderDays', 'remindDays', 'scanToSign', 'updatedAt'],
  managed: ['create', 'remove'],
  affectsMeta: true,
})
