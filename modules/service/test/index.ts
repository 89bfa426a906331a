/** For the tests of modules that build on this one: the station of the spec, and the ways through it. */
export * from './station.ts'
export * from './walk.ts'
