import { Button } from './button.tsx'

/** Prints the page as it is; a phone has no keys for it. Of no use without a script, and then not shown. */
export function PrintButton({ children = 'In trang này' }: { children?: string }) {
  return (
    <span className="scripted">
      <Button onClick={() => window.print()}>{children}</Button>
    </span>
  )
}
