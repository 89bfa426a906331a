export { picture, sameOnBoth } from './compare.ts'
export { settled } from './settled.ts'
export { storeHarness } from './store-harness.ts'
