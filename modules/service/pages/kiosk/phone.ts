/** A mobile number of the mainland as far as a kiosk can judge it; empty is fine, because giving it is free. */
export function phoneProblem(digits: string): boolean {
  return digits !== '' && !/^1[3-9]\d{9}$/.test(digits)
}

/** One press of the pad; more than eleven digits are not taken. */
export function press(digits: string, key: string): string {
  if (key === 'back') return digits.slice(0, -1)
  if (key === 'clear') return ''
  return /^\d$/.test(key) && digits.length < 11 ? digits + key : digits
}
