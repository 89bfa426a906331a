import { writeFileSync } from 'node:fs'
import { FORMS } from './form-specs.ts'
import { OFFICE } from './office-specs.ts'
import { PRODUCT } from './product-specs.ts'
import { SERVICE } from './service-specs.ts'
import { toXml } from './spec.ts'

/** Writes the .bpmn files again after a template or the layout was changed: `node modules/designer/templates/make.ts`. */
for (const spec of [...SERVICE, ...OFFICE, ...PRODUCT, ...FORMS]) writeFileSync(new URL(`./${spec.id}.bpmn`, import.meta.url), toXml(spec))
