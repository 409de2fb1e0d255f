/** What lies directly below the province, on the public page of one campaign. */
export { loader } from './locality.tsx'
