import { defineModule, registerOptions } from '@quancheng/kernel'
import './rules/errors.ts'
import { entityOptions, fillFromTemplate, templatePlaceholders, templatesFor } from './actions/templates.ts'
import { DocumentTemplate } from './entities/document-template.ts'

/** 文档: Word and Excel files opened, edited and filled in the browser; templates with placeholders (KB-06). Versions are the kernel's. */
export const documents = defineModule({
  name: 'documents',
  label: ['文档', 'Documents'],
  entities: [DocumentTemplate],
  actions: [templatePlaceholders, templatesFor, fillFromTemplate],
  start: runtime => registerOptions(runtime, 'documents.entities', entityOptions),
})
export default documents

export { DocumentTemplate }
export { registerTemplateData, type TemplateData } from './store/data.ts'
export { attachFilled, fillBytes, fillTemplate, type Filled, type TemplateKind } from './store/fill.ts'
export type { FillNumber, FillScope, FillValue } from './rules/fill/value.ts'
