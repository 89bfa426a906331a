export type DocumentKind = 'docx' | 'xlsx' | 'image' | 'pdf' | 'text' | 'markdown' | 'other'

/** How a file is shown, by its name: the media type is what a browser guessed when it was uploaded. */
export function kindOf(name: string, mediaType = ''): DocumentKind {
  const ext = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (ext === 'docx') return 'docx'
  if (ext === 'xlsx' || ext === 'xlsm') return 'xlsx'
  if (/^image\/(png|jpeg|gif|webp)$/.test(mediaType)) return 'image'
  if (mediaType === 'application/pdf') return 'pdf'
  if (ext === 'md') return 'markdown'
  return ['txt', 'csv', 'log', 'json', 'xml', 'bpmn', 'yaml', 'yml'].includes(ext) ? 'text' : 'other'
}

/** What an editor hands to the page around it. */
export interface EditorHandle {
  /** the file as it is now */
  save(): Promise<Uint8Array>
  /** what saving could do harm to, in words; null: nothing */
  losses(): { text: string; items: string[] } | null
}
export interface EditorProps { bytes: Uint8Array; name: string; readOnly: boolean; onDirty: () => void; onError: (error: unknown) => void; onReady: (handle: EditorHandle) => void }
