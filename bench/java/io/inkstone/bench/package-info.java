/**
 * The ruler: measures Inkstone beside other programs on one machine in one run. {@link io.inkstone.bench.Bench} starts a
 * process per side and lets them work in turn; {@link io.inkstone.bench.InkstoneSide} is ours.
 */
package io.inkstone.bench;
