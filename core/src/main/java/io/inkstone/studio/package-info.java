/**
 * What every face calls: opened runs under leases, weights prepared once, and one queue of work that owns the cores. See
 * {@code docs/studio.md}.
 *
 * @since 0.1
 */
package io.inkstone.studio;
