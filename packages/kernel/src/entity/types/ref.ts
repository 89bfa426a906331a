import { isId } from '../../ids.ts'
import { refuse, SET_OPERATORS, type FieldType } from './type.ts'

/** The id of another record. That it exists, in this tenant and within the caller's reach, is checked by the pipeline. */
export const ref: FieldType = {
  name: 'ref',
  column: () => 'uuid',
  fromExt: t => `(${t})::uuid`,
  parse: value => (isId(value) ? value.toLowerCase() : refuse('REF', '请从列表中选择')),
  toJson: v => v,
  // `below`: a unit and everything under it
  operators: [...SET_OPERATORS, 'below'],
  sortable: false,
  toCell: (v, spec, c) => c.label(spec, v) ?? String(v),
}
