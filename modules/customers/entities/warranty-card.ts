import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from './customer.ts'
import { Device } from './device.ts'

/** 保修卡: a promise about one device, from one day to another. This file, its test and a line in entities/index.ts are all there is to it. */
export const WarrantyCard = defineEntity('warrantyCard', {
  label: ['保修卡', 'Warranty card'],
  icon: 'safety-certificate',
  fields: {
    number: f.serial(['卡号', 'Number'], 'BX{yyyy}{MM}-{00000}', { search: 'code', unique: true }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    deviceId: f.ref(['设备', 'Device'], () => Device, { required: true }),
    kind: f.choice(['种类', 'Kind'], { factory: ['厂家保修', 'Factory'], extended: ['延长保修', 'Extended'], repair: ['维修保修', 'Repair'] }, { required: true }),
    validFrom: f.date(['生效日', 'From'], { required: true }),
    validUntil: f.date(['到期日', 'Until'], { required: true, index: true }),
  },
  scope: { via: 'customerId' },
  watchable: true,
  display: ['number'],
  list: ['number', 'deviceId', 'customerId', 'kind', 'validFrom', 'validUntil'],
})
