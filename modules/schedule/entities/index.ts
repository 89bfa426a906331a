export { CalendarEvent } from './calendar-event.ts'
export { EventAttendee } from './event-attendee.ts'
export { CalendarFeed, CalendarShare } from './calendar-share.ts'
