import { App } from 'antd'
import { createElement } from 'react'
import { messageOf } from '../core/api.ts'
import { t } from '../core/texts.ts'

export type Ask = { title: string, content?: React.ReactNode, okText?: string, danger?: boolean }

/** Short messages and questions of the product, in one tone of voice. */
export function useSay() {
  const { message, modal } = App.useApp()
  return {
    ok: (text: string) => void message.success(text, 2),
    /** Done, and for a while a button takes it back. */
    undo: (text: string, word: string, run: () => void) => {
      const key = `undo-${text}`
      void message.success({ key, duration: 8, content: createElement('span', null, text, ' ', createElement('button', { type: 'button', className: 'qc-link', onClick: () => { message.destroy(key); run() } }, word)) })
    },
    warn: (text: string) => void message.warning(text, 4),
    error: (error: unknown) => void message.error(typeof error === 'string' ? error : messageOf(error), 5),
    /** Resolves true when the person agreed. */
    ask: (ask: Ask): Promise<boolean> => new Promise(resolve => {
      modal.confirm({
        title: ask.title,
        content: ask.content,
        okText: ask.okText ?? t('ok'),
        cancelText: t('cancel'),
        okButtonProps: ask.danger ? { danger: true } : {},
        onOk: () => resolve(true),
        onCancel: () => resolve(false),
      })
    }),
  }
}
