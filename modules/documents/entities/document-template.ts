import { defineEntity, f } from '@quancheng/kernel'

/** 文档模板: a Word or Excel file with placeholders, for records of one kind (KB-06). The file hangs on it as an attachment, with versions like any. */
export const DocumentTemplate = defineEntity('documentTemplate', {
  label: ['文档模板', 'Document template'],
  icon: 'attach',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60, unique: true, search: 'name' }),
    entity: f.text(['用于', 'For'], { required: true, max: 60, source: { name: 'documents.entities' } }),
    fileName: f.text(['生成的文件名', 'File name'], { max: 120, help: ['可以用占位符，例如“合同 {{客户}}”；空着用模板名称', 'May have placeholders; empty: the template’s name'] }),
    active: f.boolean(['启用', 'Active'], { default: true }),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  display: ['name'],
  list: ['name', 'entity', 'active', 'note', 'updatedAt'],
  sort: 'name',
})
