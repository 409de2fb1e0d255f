/** How the site is built with Remix: for the build, and for tests that render its pages from sources. */
export const REMIX_FLAGS = {
  v3_fetcherPersist: true,
  v3_lazyRouteDiscovery: true,
  v3_relativeSplatPath: true,
  v3_routeConfig: true,
  v3_singleFetch: true,
  v3_throwAbortReason: true,
} as const
