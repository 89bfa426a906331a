// every entity of the module, a line each: this is all the wiring that a new one needs
export { Contact } from './contact.ts'
export { Customer } from './customer.ts'
export { CustomerVisit } from './customer-visit.ts'
export { Device } from './device.ts'
export { Product } from './product.ts'
export { ProductLine } from './product-line.ts'
export { ServiceContract } from './service-contract.ts'
export { WarrantyCard } from './warranty-card.ts'
