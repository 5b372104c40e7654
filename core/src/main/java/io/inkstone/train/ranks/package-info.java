/**
 * One training by several processes: who they are ({@link io.inkstone.train.ranks.RankPlace}), how they meet
 * ({@link io.inkstone.train.ranks.ProcessGroup}, the only class that calls libtorch's c10d), what they join
 * ({@link io.inkstone.train.ranks.RankExchange}), and how the end of one becomes known to the others
 * ({@link io.inkstone.train.ranks.RankWatch}).
 */
package io.inkstone.train.ranks;
