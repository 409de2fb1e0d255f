/** The public page of one campaign, by its own address. */
export { loader } from './province.tsx'
