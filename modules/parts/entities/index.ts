export { Part } from './part.ts'
export { PartStock, StockMove } from './stock.ts'
export { PartLine } from './part-line.ts'
