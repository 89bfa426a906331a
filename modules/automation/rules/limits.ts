export const MAX_ACTIONS = 10
export const MAX_TESTS = 20
export const MAX_CHANGES = 20
