import { given, query } from '../_web/params.ts'

/** `way`: where the sign-in leads; `fault`: why the province's sign-in failed. */
export const signInPage = query({ way: given('den'), fault: given('cong-tinh') })
