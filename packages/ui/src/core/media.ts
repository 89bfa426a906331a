import { useSyncExternalStore } from 'react'
import { breakpoints } from '../tokens.ts'

/** True below the phone breakpoint; follows the window. */
export function usePhone(): boolean {
  return useMediaQuery(`(max-width: ${breakpoints.phone - 1}px)`)
}

export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    listener => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => window.matchMedia(query).matches,
  )
}
