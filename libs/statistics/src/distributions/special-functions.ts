/**
 * The special functions that everything else stands on, from @stdlib (ports of Boost's and FreeBSD's,
 * right to some 1e-13): plain JavaScript, which needs neither WebAssembly nor waiting
 * (`docs/decisions/0016`).
 */
export { default as betainc } from '@stdlib/math-base-special-betainc'
export { default as betaincinv } from '@stdlib/math-base-special-betaincinv'
export { default as erfcinv } from '@stdlib/math-base-special-erfcinv'
export { default as gammainc } from '@stdlib/math-base-special-gammainc'
export { default as gammaincinv } from '@stdlib/math-base-special-gammaincinv'
export { default as gammaln } from '@stdlib/math-base-special-gammaln'
