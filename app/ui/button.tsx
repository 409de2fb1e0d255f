import { Link, type LinkProps } from '@remix-run/react'
import type { ButtonHTMLAttributes } from 'react'

type Look = {
  /** primary: the one act a page is for; quiet: everything else; danger: what takes something away. */
  variant?: 'primary' | 'quiet' | 'danger'
  /** As wide as its column, for the thumb. */
  isLarge?: boolean
}

/** The class of anything that looks like a button. */
export function buttonClass({ variant = 'primary', isLarge = false }: Look): string {
  return `button button-${variant}${isLarge ? ' button-large' : ''}`
}

export function Button({ variant, isLarge, type = 'button', ...rest }: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type={type} className={buttonClass({ variant, isLarge })} {...rest} />
}

/** A link that looks like a button; a file to download needs `reloadDocument`. */
export function ButtonLink({ variant, isLarge, ...rest }: Look & LinkProps) {
  return <Link className={buttonClass({ variant, isLarge })} {...rest} />
}
