// @types/react-dom declares `react-dom/server` only; this is its build for Web Streams, with the same names.
declare module 'react-dom/server.browser' {
  export * from 'react-dom/server'
}
