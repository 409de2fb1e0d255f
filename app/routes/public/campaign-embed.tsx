/** The short form of one campaign for other sites’ frames. */
export { loader } from './embed.tsx'
