export { PriceBook } from './price-book.ts'
export { Price } from './price.ts'
export { Quote } from './quote.ts'
export { QuoteLine } from './quote-line.ts'
