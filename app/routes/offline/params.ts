import { given, query } from '../_web/params.ts'

/** `storeId`: the store that this device keeps. */
export const contact = query({ storeId: given('kho') })
