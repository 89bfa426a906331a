import { defineEntity, f } from '@quancheng/kernel'
import { Part } from './part.ts'

/** 库存: what one station has of one part. Written by moves only; the ledger says how it came about. */
export const PartStock = defineEntity('partStock', {
  label: ['配件库存', 'Stock'],
  icon: 'appstore',
  fields: {
    partId: f.ref(['配件', 'Part'], () => Part, { required: true }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, index: false }),
    onHand: f.integer(['现有', 'On hand'], { required: true, default: 0, min: 0 }),
    reserved: f.integer(['已占用', 'Reserved'], { required: true, default: 0, min: 0 }),
  },
  scope: { unit: 'unitId' },
  display: ['partId'],
  list: ['partId', 'unitId', 'onHand', 'reserved', 'updatedAt'],
  managed: true,
  noAudit: true,
  indexes: [{ on: ['unitId', 'partId'], unique: true }],
})

/** 库存流水: one move of pieces, with what the station had after it. Never changed, never deleted. */
export const StockMove = defineEntity('stockMove', {
  label: ['库存流水', 'Stock move'],
  icon: 'list',
  fields: {
    partId: f.ref(['配件', 'Part'], () => Part, { required: true }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true }),
    kind: f.choice(['类型', 'Kind'], {
      receive: ['入库', 'Received', 'green'], reserve: ['占用', 'Reserved', 'blue'], release: ['取消占用', 'Released', 'default'], use: ['使用', 'Used', 'orange'], return: ['退回', 'Returned', 'cyan'], adjust: ['盘点调整', 'Adjusted', 'purple'],
    }, { required: true }),
    quantity: f.integer(['数量', 'Quantity'], { required: true }),
    requestId: f.ref(['服务请求', 'Request'], () => 'serviceRequest'),
    lineId: f.ref(['请求明细', 'Line'], () => 'partLine', { index: false }),
    onHand: f.integer(['之后现有', 'On hand after'], { required: true }),
    reserved: f.integer(['之后占用', 'Reserved after'], { required: true }),
    note: f.text(['备注', 'Note'], { max: 200 }),
  },
  scope: { unit: 'unitId' },
  display: ['kind'],
  list: ['createdAt', 'partId', 'unitId', 'kind', 'quantity', 'onHand', 'reserved', 'requestId', 'note', 'createdBy'],
  managed: true,
  appendOnly: true,
  indexes: [{ on: ['unitId', 'partId', 'id'], desc: true }],
})
