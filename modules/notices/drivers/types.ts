/** One message as a channel takes it. `id` stays the same over all tries: providers that know it send it once. */
export interface Message { id: string; to: string; subject: string | null; text: string; /** the digits in the text, for the driver that sends nothing */ code?: string }
export interface Way { settings: Record<string, unknown>; secret: Record<string, string> }

/**
 * `later`: surely not sent, worth another try; `failed`: surely not sent, no try will help; `unknown`: it may have been sent, so nobody tries
 * again without a person. A driver never throws for what the other side did.
 */
export type Sent = { state: 'sent'; providerId?: string | null } | { state: 'later'; reason: string; afterSeconds?: number } | { state: 'failed'; reason: string } | { state: 'unknown'; reason: string }

export type Driver = (message: Message, way: Way, o: { now: Date; log: (line: Record<string, unknown>) => void }) => Promise<Sent>
