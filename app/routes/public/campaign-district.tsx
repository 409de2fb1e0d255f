/** A district on the public page of one campaign. */
export { loader } from './district.tsx'
