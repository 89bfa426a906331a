export { docxText } from '../rules/docx-text.ts'
export { openParts } from '../rules/ooxml/parts.ts'
export { para, word } from './word.ts'
