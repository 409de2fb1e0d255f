/** What the public page of one campaign shows, for machines. */
export { loader } from './figures.json.ts'
