import { defineEntity, f, fail } from '@quancheng/kernel'

/** 承接设置: how much somebody takes on at once, and where they set out from. Whoever has none takes on `DEFAULT_LIMIT`. */
export const WorkProfile = defineEntity('workProfile', {
  label: ['承接设置', 'Work profile'],
  icon: 'idcard',
  fields: {
    personId: f.ref(['人员', 'Person'], () => 'user', { required: true, unique: true, onDelete: 'cascade' }),
    maxOpen: f.integer(['在手上限', 'Open at most'], { required: true, min: 0, max: 99, default: 5, help: ['手上的活到了这个数就不再派；0 表示不派活', 'No more is given beyond it; 0: never'] }),
    latitude: f.decimal(['出发点纬度', 'Latitude'], { scale: 6, min: -90, max: 90 }),
    longitude: f.decimal(['出发点经度', 'Longitude'], { scale: 6, min: -180, max: 180 }),
  },
  scope: { via: 'personId' },
  // who is ill, or has a full bench, is known at the station, with its line or without
  travels: 'both',
  display: ['personId'],
  list: ['personId', 'maxOpen', 'latitude', 'longitude'],
})

/** 不在岗: days on which nothing is given to somebody. An approved leave (请假) counts by itself. */
export const Absence = defineEntity('absence', {
  label: ['不在岗', 'Absence'],
  icon: 'calendar',
  fields: {
    personId: f.ref(['人员', 'Person'], () => 'user', { required: true, onDelete: 'cascade', index: false }),
    fromDay: f.date(['从', 'From'], { required: true }),
    untilDay: f.date(['到（含当天）', 'Until and with'], { required: true }),
    reason: f.text(['原因', 'Reason'], { max: 100 }),
  },
  scope: { via: 'personId' },
  // who is ill, or has a full bench, is known at the station, with its line or without
  travels: 'both',
  display: ['personId', 'fromDay'],
  list: ['personId', 'fromDay', 'untilDay', 'reason'],
  sort: '-fromDay',
  indexes: [{ on: ['personId', 'untilDay'] }],
  hooks: {
    before(_ctx, c) {
      const next = { ...c.before, ...c.draft }
      if (c.act !== 'remove' && next.fromDay && next.untilDay && String(next.untilDay) < String(next.fromDay)) fail('INVALID', { summary: '“到”不能早于“从”', fields: [{ field: 'untilDay', code: 'ORDER', message: '不能早于开始的那天' }] })
    },
  },
})
