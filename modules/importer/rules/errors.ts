import { registerErrors } from '@quancheng/kernel'

registerErrors({
  IMPORT_MAPPING: [422, '文件里没有方案要的列：{columns}。换一个文件，或重新对应', 'The file lacks columns of the plan: {columns}'],
  IMPORT_EMPTY: [422, '文件里只有表头，没有数据', 'The file has headings and no rows'],
  IMPORT_REQUIRED: [422, '必填的字段还没有对应：{fields}', 'Required fields are not mapped: {fields}'],
  IMPORT_TAKEN_BACK: [409, '这次导入已经撤销过了', 'This import has been taken back already'],
})
