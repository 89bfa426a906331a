import { EntityList, EntityPage } from '@quancheng/ui'
import { useParams } from 'react-router'
import { tu } from './texts.ts'

/** A frozen notice with its people, as a paper and as a table. */
export default function NoticePage() {
  const id = useParams().id!, filter = encodeURIComponent(JSON.stringify({ listId: id }))
  return (
    <EntityPage key={id} entity="noticeList" id={id}
      actions={() => <><a className="qc-button" href={`/api/notice-lists/${id}/notice.pdf`} target="_blank" rel="noreferrer">{tu('pdf')}</a><a className="qc-button" href={`/api/notice-lines/export?format=xlsx&filter=${filter}`}>{tu('xlsx')}</a><a className="qc-button" href={`/api/notice-lines/export?format=csv&filter=${filter}`}>{tu('csv')}</a></>}
      top={() => <EntityList entity="noticeLine" embedded filter={{ listId: id }} columns={['name', 'unitName', 'lastDay', 'days', 'penalty']} />} />
  )
}
