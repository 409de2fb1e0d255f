import { type ClientActionFunctionArgs, isRouteErrorResponse } from '@remix-run/react'
import { explainStatus } from '#app/text/page-error.ts'
import { type DraftForm, forgetDraft, keepDraft, listDrafts, openKey } from './draft.ts'
import { keepUnsent, type ToKeep } from './unsent.ts'

type Args = Pick<ClientActionFunctionArgs, 'params' | 'request'>

/** What a form's page says about itself, so that nothing typed into it is lost. */
type KeptForm<Answer> = {
  /** where its draft lies */
  draftOf: (args: Args) => DraftForm
  /** what is sent later where there is no answer now */
  rowsOf: (form: FormData, args: Args) => ToKeep[]
  /** the page's answer with `said` above the form, every field as it was typed */
  refuse: (form: FormData, said: string) => Answer
  /** what the page does without the server; undefined: nothing */
  answerHere?: (form: FormData) => Answer | undefined
}

/** The fields that were typed into, as the form's draft knows them. */
async function changedOf(form: DraftForm, key: string): Promise<string[]> {
  const drafts = await listDrafts(form).catch(() => [])
  return drafts.find(draft => draft.key === key)?.changed ?? []
}

/** An answer after which the page does not ask the server for its data: without one, that would take the form away. */
const alone = (answer: unknown) => Response.json(answer, { status: 400 })

/** The text entries of a form. */
export const entriesOf = (form: FormData) =>
  [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')

/**
 * Makes a page's `clientAction`. A saved form's draft is deleted. Without an answer the form is kept on the phone, and a
 * refusal of the server is said above the form: an error never takes a filled form away. Where the session has ended,
 * the draft waits for the official's next one.
 */
export function keepingAction<Answer>({ draftOf, rowsOf, refuse, answerHere }: KeptForm<Answer>) {
  return async ({ serverAction, ...args }: ClientActionFunctionArgs): Promise<unknown> => {
    const form = await args.request.clone().formData()
    try {
      return await serverAction()
    } catch (thrown) {
      const draft = draftOf(args)
      const key = openKey(draft)
      if (thrown instanceof Response) {
        const isSignIn = thrown.headers.get('Location')?.startsWith('/dang-nhap') ?? false
        const entries = entriesOf(form)
        const left = isSignIn
          ? keepDraft(draft, { key, entries, changed: await changedOf(draft, key), typedAt: Date.now() })
          : forgetDraft(draft, key)
        await left.catch(() => undefined)
        throw thrown
      }
      if (isRouteErrorResponse(thrown)) return alone(refuse(form, explainStatus(thrown)))
      const answered = answerHere?.(form)
      if (answered !== undefined) return alone(answered)
      const changed = await changedOf(draft, key)
      const rows = rowsOf(form, args).map(row => ({ ...row, changed }))
      return alone(refuse(form, await keepUnsent(rows, () => forgetDraft(draft, key))))
    }
  }
}
