import { flag, given, query } from '../_web/params.ts'

/**
 * `way`: where the sign-in leads; `fault`: why the province's sign-in failed; `isTried`: the browser was just handed
 * cookies and is asked whether it kept them.
 */
export const signInPage = query({ way: given('den'), fault: given('cong-tinh'), isTried: flag('thu', '1') })
