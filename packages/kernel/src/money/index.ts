export { compareDecimal, fenOf, halfUp, scaled, shareOf, sumDecimal, timesPrice, yuanOf } from './fen.ts'
export { amountInWords } from './words.ts'
