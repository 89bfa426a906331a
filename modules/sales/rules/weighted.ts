/** Amount × chance, to the cent, half away from zero. `amount` in yuan as text (`"100000.00"`), chance in percent. */
export function weighted(amount: string | number, chance: number): string {
  const cents = BigInt(Math.round(Number(amount) * 100)), times = cents * BigInt(Math.round(chance))
  const rounded = (times + (times < 0n ? -50n : 50n)) / 100n
  const sign = rounded < 0n ? '-' : '', abs = rounded < 0n ? -rounded : rounded
  return `${sign}${abs / 100n}.${String(abs % 100n).padStart(2, '0')}`
}

/** What the usual stages are worth, and after how many days a card is old. */
export const FIRST_CHANCES = [
  { stage: 'qualify', chance: 10, staleDays: 14 }, { stage: 'needs', chance: 20, staleDays: 21 }, { stage: 'quote', chance: 40, staleDays: 14 },
  { stage: 'negotiate', chance: 60, staleDays: 14 }, { stage: 'sign', chance: 80, staleDays: 10 }, { stage: 'won', chance: 100, staleDays: null }, { stage: 'lost', chance: 0, staleDays: null },
] as const
