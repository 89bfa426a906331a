import { defineEntity, f } from '@quancheng/kernel'

/** What is repaired or sold, as far as it goes its own way: each line follows a process of its own (SP-02). */
export const ProductLine = defineEntity('productLine', {
  label: ['产品线', 'Product line'],
  icon: 'appstore',
  fields: {
    code: f.code(['编码', 'Code'], { required: true, unique: true, max: 20 }),
    name: f.text(['名称', 'Name'], { required: true, unique: true, max: 40 }),
    processKey: f.text(['流程', 'Process'], { required: true, default: 'repair', pattern: '[a-z][a-z0-9-]{1,59}', source: { name: 'process' }, help: ['服务请求走哪一个流程', 'Which process its requests follow'] }),
    warrantyDays: f.integer(['保修天数', 'Warranty days'], { required: true, default: 365, min: 0, max: 3660 }),
    position: f.integer(['顺序', 'Position'], { default: 0 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  affectsMeta: true,
  display: ['name'],
  list: ['code', 'name', 'processKey', 'warrantyDays', 'off'],
  sort: 'position,code',
  everyone: ['read'],
})
