import { Navigate, useParams } from 'react-router'

/** The address by which notices, to-dos and search name an event: it opens on the calendar. */
export default function ToEvent() {
  return <Navigate replace to={`/schedule?event=${useParams().id!}`} />
}
