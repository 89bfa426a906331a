import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'

/**
 * 共享: one record opened to a person, or to a unit with all below it, whom its scope does not reach (CU-20): to look at or to work on, until a day
 * and with it. Roles still say what may be done with records of that kind at all; a share only adds this one to those in reach.
 */
export const RecordShare = defineEntity('recordShare', {
  label: ['共享', 'Share'],
  icon: 'group',
  fields: {
    entity: f.text(['对象', 'Entity'], { required: true, max: 60 }),
    recordId: f.text(['记录', 'Record'], { required: true, max: 36 }),
    userId: f.ref(['共享给', 'With'], () => 'user', { onDelete: 'cascade' }),
    unitId: f.ref(['共享给单位', 'With unit'], () => 'unit', { onDelete: 'cascade' }),
    level: f.choice(['可以', 'May'], { read: ['查看', 'Look'], write: ['查看和修改', 'Look and change'] }, { required: true, default: 'read' }),
    until: f.date(['到（含当天）', 'Until and with']),
    reason: f.text(['说明', 'Why'], { max: 200 }),
  },
  display: ['entity'],
  list: ['entity', 'recordId', 'userId', 'unitId', 'level', 'until', 'createdBy', 'createdAt'],
  managed: true,
  affectsAccess: true,
  travels: 'never',
  indexes: [{ on: ['entity', 'recordId'] }],
})
